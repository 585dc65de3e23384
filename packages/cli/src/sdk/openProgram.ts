import { basename, resolve } from "node:path";
import { readSourceMap, type SourceMap } from "@lunatic-web/sdk/trace";
import { type ModuleFile, readModule } from "../commands/guestSettings.ts";
import { CommandError } from "../errors.ts";
import type { Io } from "../io.ts";
import type { ParsedArguments } from "../options/parseArguments.ts";
import {
  compileProgram,
  describeDiagnostics,
  isProgramSource,
  type OptimizeLevel,
} from "./compileProgram.ts";
import { findSourceMap } from "./moduleSourceMap.ts";

export interface OpenedProgram extends ModuleFile {
  /** For stacks in lines of the source; undefined: only names of functions are known. */
  readonly sourceMap: SourceMap | undefined;
}

/**
 * What `run` and `test` are given: a module, or a program in TypeScript syntax, which is compiled first.
 * @throws CommandError it is missing or unreadable, or it does not compile; warnings and errors are on stderr then
 */
export async function openProgram(path: string, args: ParsedArguments, io: Io): Promise<OpenedProgram> {
  if (!isProgramSource(path)) {
    const module = await readModule(path, io.cwd);
    return { ...module, sourceMap: await findSourceMap(resolve(io.cwd, path), module.bytes) };
  }
  const { wasm, sourceMap, diagnostics } = await compileProgram(path, io.cwd, {
    optimize: optimizeLevel(args) ?? 0,
    debug: true,
  });
  await io.stderr.write(describeDiagnostics(diagnostics));
  if (wasm === undefined) throw new CommandError(`'${path}' does not compile; see above`);
  return {
    name: basename(path).replace(/\.ts$/, ".wasm"),
    bytes: wasm,
    sourceMap: sourceMap === undefined ? undefined : readSourceMap(sourceMap),
  };
}

/** The level of `-O`; undefined: none was given. */
export function optimizeLevel(args: ParsedArguments): OptimizeLevel | undefined {
  const level = args.value("optimize");
  return level === undefined ? undefined : (Number(level) as OptimizeLevel);
}
