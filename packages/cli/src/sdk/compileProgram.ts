import { existsSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { type Diagnostic, formatDiagnostic } from "@lunatic-web/sdk";
import { CommandError } from "../errors.ts";
import { DiskFiles, type FileStates } from "./diskFiles.ts";

export type OptimizeLevel = 0 | 1 | 2 | 3;

export interface ProgramOptions {
  readonly optimize: OptimizeLevel;
  /** Names of functions, and a source map. */
  readonly debug: boolean;
  readonly sourceMapUrl?: string;
}

export interface CompiledProgram {
  /** Undefined when there were errors. */
  readonly wasm: Uint8Array<ArrayBuffer> | undefined;
  readonly sourceMap: string | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** The files whose change may change the program. */
  readonly states: FileStates;
}

/** Whether a file is a program to compile, by its name. */
export function isProgramSource(path: string): boolean {
  return path.endsWith(".ts");
}

/**
 * Compiles a program and what it imports. Paths in diagnostics are relative to the nearest folder with a
 * package.json, else to the working directory.
 * @throws CommandError the entry is missing
 */
export async function compileProgram(
  path: string,
  cwd: string,
  options: ProgramOptions,
): Promise<CompiledProgram> {
  const entry = resolve(cwd, path);
  if (!existsSync(entry)) {
    throw new CommandError(
      `Program '${path}' not found; check the path, or make one with lunatic-web init --sdk`,
    );
  }
  const root = projectFolder(dirname(entry)) ?? (isBelow(entry, cwd) ? cwd : dirname(entry));
  const files = new DiskFiles(root);
  // Loaded here: the compiler is 15 MB, and most commands need none.
  const { compile } = await import("@lunatic-web/sdk/compile");
  const result = compile({ ...options, files, entry: relative(root, entry).split(sep).join("/") });
  return { ...result, states: files.states };
}

/** A line each, in the order of the compiler. */
export function describeDiagnostics(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map((diagnostic) => `${formatDiagnostic(diagnostic)}\n`).join("");
}

function projectFolder(folder: string): string | undefined {
  if (existsSync(join(folder, "package.json"))) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : projectFolder(parent);
}

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
}
