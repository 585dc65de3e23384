import { mkdir, writeFile } from "node:fs/promises";
import { basename, dirname, relative, resolve } from "node:path";
import { CommandError, ExitStatus, errorText } from "../errors.ts";
import { type Io, interruptStatus } from "../io.ts";
import type { ParsedArguments } from "../options/parseArguments.ts";
import { compileProgram, describeDiagnostics, isProgramSource } from "../sdk/compileProgram.ts";
import type { FileStates } from "../sdk/diskFiles.ts";
import { FileWatch } from "../sdk/fileWatch.ts";
import { optimizeLevel } from "../sdk/openProgram.ts";

const DEFAULT_ENTRY = "src/main.ts";

/**
 * `lunatic-web build`: a program in TypeScript syntax to a module.
 * @throws CommandError the program is missing, or the module cannot be written
 */
export async function buildCommand(args: ParsedArguments, io: Io): Promise<number> {
  const [path = DEFAULT_ENTRY] = args.positionals;
  if (!isProgramSource(path)) {
    throw new CommandError(`${path} is no program to compile: name a file that ends in .ts`);
  }
  const output = args.value("output") ?? defaultOutput(path);
  if (!args.has("watch")) return (await buildOnce(path, output, args, io)).status;
  using watch = new FileWatch(io.interrupt);
  while (!io.interrupt.aborted) {
    watch.expectChangesOf((await buildOnce(path, output, args, io)).states);
    await io.stderr.write("Waiting for changes; Ctrl-C ends it.\n");
    await watch.changed();
  }
  return interruptStatus(io.interrupt);
}

/** `build/main.wasm` for the usual place, else beside the source. */
function defaultOutput(path: string): string {
  const name = path.replace(/\.ts$/, ".wasm");
  return path === DEFAULT_ENTRY ? `build/${basename(name)}` : name;
}

interface Built {
  readonly status: number;
  readonly states: FileStates;
}

async function buildOnce(path: string, output: string, args: ParsedArguments, io: Io): Promise<Built> {
  const startedAt = performance.now();
  const debug = args.has("debug");
  const { wasm, sourceMap, diagnostics, states } = await compileProgram(path, io.cwd, {
    optimize: optimizeLevel(args) ?? (debug ? 0 : 2),
    debug,
    sourceMapUrl: `${basename(output)}.map`,
  });
  await io.stderr.write(describeDiagnostics(diagnostics));
  if (wasm === undefined) {
    const errors = diagnostics.filter(({ severity }) => severity === "error").length;
    await io.stderr.write(
      `Error: ${path} has ${errors} error${errors === 1 ? "" : "s"}; nothing was written\n`,
    );
    return { status: ExitStatus.failure, states };
  }
  const target = resolve(io.cwd, output);
  try {
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, wasm);
    if (sourceMap !== undefined) await writeFile(`${target}.map`, sourceMap);
  } catch (error) {
    throw new CommandError(`${output} cannot be written: ${errorText(error)}`);
  }
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const size = wasm.length.toLocaleString("en");
  await io.stderr.write(`${relative(io.cwd, target)}: ${size} bytes, in ${seconds} s\n`);
  return { status: ExitStatus.success, states };
}
