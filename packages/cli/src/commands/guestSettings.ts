import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { BROWSERS, type BrowserName } from "../browser/findBrowser.mjs";
import { CommandError, errorCode, errorText, usageError } from "../errors.ts";
import type { Io } from "../io.ts";
import type { ParsedArguments } from "../options/parseArguments.ts";
import type { SessionOptions } from "../session/session.ts";

/** Environment variable with the browser to use where --browser does not say: cargo's runner line is fixed. */
const BROWSER_VARIABLE = "LUNATIC_BROWSER";

/** What the runtime takes. */
const MAX_EXECUTORS = 64;

/** @throws CommandError usage */
export function sessionOptions(args: ParsedArguments, env: Io["env"]): SessionOptions {
  return {
    browser: browserName(args.value("browser") ?? env[BROWSER_VARIABLE] ?? "chromium"),
    isHeaded: args.has("headed"),
    executors: args.count("executors", 1, MAX_EXECUTORS),
    isIsolated: !args.has("no-isolation"),
  };
}

function browserName(name: string): BrowserName {
  if (Object.hasOwn(BROWSERS, name)) return name as BrowserName;
  throw usageError(`${BROWSER_VARIABLE} may be chromium or firefox, not ${JSON.stringify(name)}`);
}

/**
 * The environment of a root: that of the shell, as natively (host ABI ch. 9), and what --env sets.
 * @throws CommandError usage
 */
export function guestEnvironment(args: ParsedArguments, env: Io["env"]): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const [key, value] of Object.entries(env)) {
    if (value !== undefined) variables[key] = value;
  }
  for (const setting of args.values("env")) {
    const at = setting.indexOf("=");
    if (at < 1) throw usageError(`--env must be KEY=VALUE, not ${JSON.stringify(setting)}`);
    variables[setting.slice(0, at)] = setting.slice(at + 1);
  }
  return variables;
}

export interface ModuleFile {
  /** Of the file, as the guest's argv[0] has it natively. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** @throws CommandError the file is missing, cannot be read, or does not begin as a wasm module does */
export async function readModule(path: string, cwd: string): Promise<ModuleFile> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(resolve(cwd, path));
  } catch (error) {
    throw new CommandError(unreadable(path, error));
  }
  const isWasm =
    bytes.length >= WASM_MAGIC.length && WASM_MAGIC.every((byte, index) => bytes[index] === byte);
  if (!isWasm) {
    throw new CommandError(
      `${path} is no WebAssembly module: it does not begin with \\0asm. Build it with cargo build --target wasm32-wasip1`,
    );
  }
  return { name: basename(path), bytes };
}

const WASM_MAGIC = [0x00, 0x61, 0x73, 0x6d];

function unreadable(path: string, error: unknown): string {
  switch (errorCode(error)) {
    case "ENOENT":
      return `Module '${path}' not found; check the path, or build it first`;
    case "EISDIR":
      return `Module '${path}' is a directory; name the .wasm file in it`;
    default:
      return `Module '${path}' cannot be read: ${errorText(error)}`;
  }
}

/** Whether a guest can open files at all: reading a directory for one that cannot is for nothing. */
export function opensFiles(bytes: Uint8Array): boolean {
  // Bytes rather than a parse: hostile modules are the instrumenter's business, and a false "yes" only costs time.
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(PATH_OPEN);
}

/** Whether a module imports anything of lunatic. One that does not is a program for any WASI runtime. */
export function usesLunatic(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes("lunatic::");
}

/** The name of the import as a module holds it: its length, then the text. */
const PATH_OPEN = "\u0009path_open";
