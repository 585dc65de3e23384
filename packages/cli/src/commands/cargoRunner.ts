import type { Io } from "../io.ts";

/** What cargo calls a runner with for a test binary; the folder of a profile has any name. */
const TEST_BINARY =
  /[\\/]target[\\/](?:.*[\\/])?wasm32-(?:wasi|wasip1|unknown-unknown)[\\/][^\\/]+[\\/]deps[\\/][^\\/]+\.wasm$/;

/**
 * Whether `run` is called by cargo to run tests (host ABI ch. 14): then these arguments are for `test`. Besides the
 * targets that lunatic knows, wasm32-wasip1 counts, as newer compilers call it.
 */
export function isCargoTest(argv: readonly string[], env: Io["env"]): boolean {
  if (env.CARGO_MANIFEST_DIR === undefined) return false;
  const at = argv.findIndex((argument) => TEST_BINARY.test(argument) || TEST_BINARY.test(`/${argument}`));
  return at !== -1 && !argv.slice(at + 1).includes("--bench");
}
