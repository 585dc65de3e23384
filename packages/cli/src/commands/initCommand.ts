import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { runnerCall } from "../cargo/runnerCall.ts";
import { setTomlValue } from "../cargo/tomlEdit.ts";
import { CommandError, ExitStatus, usageError } from "../errors.ts";
import type { Io } from "../io.ts";
import type { ParsedArguments } from "../options/parseArguments.ts";
import { programPath } from "../programPath.ts";
import { initSdk } from "./initSdk.ts";

/** Rust 1.84 dropped the old name. */
const TARGETS = ["wasm32-wasip1", "wasm32-wasi"] as const;
type Target = (typeof TARGETS)[number];

/**
 * `lunatic-web init`: cargo builds for wasm and runs it by lunatic-web.
 * @throws CommandError no cargo project here, or its settings contradict; nothing has been changed then
 */
export async function initCommand(args: ParsedArguments, io: Io): Promise<number> {
  const [directory] = args.positionals;
  if (args.has("sdk")) return initSdk(directory ?? ".", io);
  if (directory !== undefined)
    throw usageError("only init --sdk takes a directory; a cargo project is made by cargo init");
  if (!existsSync(join(io.cwd, "Cargo.toml"))) {
    throw new CommandError(
      `There is no Cargo.toml in ${io.cwd}; run this in a cargo project, or make one with cargo init`,
    );
  }
  const path = join(io.cwd, ".cargo", "config.toml");
  const before = existsSync(path) ? readFileSync(path, "utf8") : "";
  const target = (args.value("target") as Target | undefined) ?? targetIn(before) ?? knownTarget(io);
  const runner = runnerCall(io.cwd, io.env.PATH ?? "", programPath());
  const withTarget = edit(
    path,
    before,
    "build",
    "target",
    JSON.stringify(target),
    (found) => unquoted(found) === target,
  );
  const after = edit(path, withTarget, `target.${target}`, "runner", runner, (found) =>
    found.includes("lunatic-web"),
  );
  if (after !== before) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, after);
  }
  await io.stdout.write(
    `Cargo project initialized!\ncargo run, cargo test and cargo bench now build for ${target} and run in a browser. The compiler needs that target: rustup target add ${target}\n`,
  );
  return ExitStatus.success;
}

function edit(
  path: string,
  text: string,
  table: string,
  key: string,
  value: string,
  isWelcome: (found: string) => boolean,
): string {
  const outcome = setTomlValue(text, table, key, value, isWelcome);
  if (outcome.type !== "refused") return outcome.text;
  throw new CommandError(
    `${path} says \`${outcome.found}\` where \`${table}.${key} = ${value}\` is needed; change it by hand. Nothing was changed`,
  );
}

/** A project that is set up for one of them stays with it. */
function targetIn(config: string): Target | undefined {
  return TARGETS.find((target) =>
    new RegExp(`^\\s*(?:build\\.)?target\\s*=\\s*["']${target}["']`, "m").test(config),
  );
}

function knownTarget({ env, cwd }: Io): Target {
  try {
    const known = execFileSync(env.RUSTC || "rustc", ["--print", "target-list"], {
      cwd,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).split("\n");
    return TARGETS.find((target) => known.includes(target)) ?? TARGETS[0];
  } catch {
    // No compiler here yet: one that is installed now is a new one.
    return TARGETS[0];
  }
}

function unquoted(value: string): string {
  return value.replace(/^(["'])(.*)\1$/, "$2");
}
