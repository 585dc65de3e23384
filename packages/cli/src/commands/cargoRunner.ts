import type { Io } from "../io.ts";
import { findOption, splitInline } from "../options/parseArguments.ts";
import type { CommandSpec } from "../options/specs.ts";

/**
 * What cargo calls a runner with for a test binary. The folder of a profile has any name, and so has the one that
 * lunatic wants to be `target`: CARGO_TARGET_DIR renames it, and tests that ran as programs would be none at all.
 */
const TEST_BINARY = /[\\/]wasm32-(?:wasi|wasip1|unknown-unknown)[\\/][^\\/]+[\\/]deps[\\/][^\\/]+\.wasm$/;

/**
 * Whether `run` is called by cargo to run tests (host ABI ch. 14): then these arguments are for `test`. Besides the
 * targets that lunatic knows, wasm32-wasip1 counts, as newer compilers call it.
 */
export function isCargoTest(argv: readonly string[], env: Io["env"]): boolean {
  if (env.CARGO_MANIFEST_DIR === undefined) return false;
  const at = argv.findIndex((argument) => TEST_BINARY.test(argument) || TEST_BINARY.test(`/${argument}`));
  return at !== -1 && !argv.slice(at + 1).includes("--bench");
}

/** A program that cargo has built: `cargo run` puts what stands behind its own `--` after it. */
const PROGRAM = /[\\/]wasm32-[^\\/]+[\\/].*\.wasm$/;

/**
 * The arguments of `run`, with a `--` before the first behind the program that is no option of ours: `cargo run -- --n 3`
 * means the guest, and so does `cargo run -- --help`. Only below cargo: elsewhere a misspelled option is an error.
 */
export function separateGuestArguments(
  argv: readonly string[],
  env: Io["env"],
  spec: CommandSpec,
): readonly string[] {
  const program = argv.findIndex((argument) => PROGRAM.test(argument) || PROGRAM.test(`/${argument}`));
  if (env.CARGO_MANIFEST_DIR === undefined || program === -1) return argv;
  for (let index = program + 1; index < argv.length; index++) {
    const argument = argv[index]!;
    if (argument === "--") return argv;
    if (!argument.startsWith("-") || argument === "-") continue;
    const [flag, inline] = splitInline(spec, argument);
    const option = findOption(spec, flag);
    if (option === undefined || option.name === "help") {
      return [...argv.slice(0, index), "--", ...argv.slice(index)];
    }
    if (option.value !== undefined && inline === undefined) index++;
  }
  return argv;
}
