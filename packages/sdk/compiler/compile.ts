import * as asc from "assemblyscript";
import binaryen from "assemblyscript/binaryen";
import { LunaticTransform } from "../transform/index.ts";
import { type Diagnostic, toDiagnostic } from "./diagnostic.ts";
import { findLibraryFile, globalLibraryFiles } from "./librarySources.ts";

export interface CompileRequest {
  /** Text by path, relative to the project's root, such as "main.ts" or "src/worker.ts". */
  readonly files: ReadonlyMap<string, string>;
  /** One of `files`; it exports `main`. */
  readonly entry: string;
  /** 0: compiles fastest. 2 and 3: runs fastest. */
  readonly optimize: 0 | 1 | 2 | 3;
}

export interface CompileResult {
  /** Undefined when there were errors. */
  readonly wasm: Uint8Array | undefined;
  /** A source map (version 3) of `wasm`, as JSON. */
  readonly sourceMap: string | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

const RUNTIME_PATH = "~lib/rt/index-incremental";
/** What the framework puts in the place of AssemblyScript's own functions: `abort` is an import of `env` there. */
const GLOBAL_ALIASES = { abort: "~lib/lunatic/abort/abort" } as const;
const ALIAS_SOURCES = ["~lib/lunatic/abort"];
/** `Runtime.Incremental` and its shadow stack, as asc sets them. */
const INCREMENTAL = 2;

/**
 * Compiles a program to a lunatic module.
 * Never throws for a fault of the program: those are diagnostics.
 */
export function compile(request: CompileRequest): CompileResult {
  const options = createOptions(request.optimize);
  const program = asc.newProgram(options);
  const diagnostics: Diagnostic[] = [];
  const transform = new LunaticTransform(request.entry);
  const hasErrors = () => takeDiagnostics(program, diagnostics);
  const failed = () => ({ wasm: undefined, sourceMap: undefined, diagnostics });

  for (const { path, text } of globalLibraryFiles()) asc.parse(program, text, path);
  parseLibrary(program, RUNTIME_PATH, true);
  for (const path of ALIAS_SOURCES) parseLibrary(program, path, false);
  asc.parse(program, request.files.get(request.entry) ?? null, request.entry, true);
  parseImported(program, request.files);
  if (hasErrors()) return failed();

  transform.afterParse(program.parser);
  parseImported(program, request.files);
  if (hasErrors()) return failed();

  asc.initializeProgram(program);
  const module = asc.compile(program);
  const output = binaryen.wrapModule(asc.getBinaryenModuleRef(module));
  try {
    if (hasErrors()) return failed();
    asc.optimize(module, request.optimize, 0, true, false);
    const { binary, sourceMap } = output.emitBinary("main.wasm.map");
    return { wasm: binary, sourceMap: sourceMap ?? undefined, diagnostics };
  } finally {
    output.dispose();
  }
}

function createOptions(optimize: number): asc.Options {
  const options = asc.newOptions();
  asc.setRuntime(options, INCREMENTAL);
  asc.setStackSize(options, asc.DEFAULT_STACK_SIZE);
  asc.setExportMemory(options, true);
  asc.setSourceMap(options, true);
  asc.setDebugInfo(options, true);
  asc.setOptimizeLevelHints(options, optimize, 0);
  for (const [name, path] of Object.entries(GLOBAL_ALIASES)) asc.addGlobalAlias(options, name, path);
  return options;
}

function parseLibrary(program: asc.Program, internalPath: string, isEntry: boolean): void {
  const file = findLibraryFile(internalPath);
  asc.parse(program, file?.text ?? null, file?.path ?? internalPath, isEntry);
}

function parseImported(program: asc.Program, files: ReadonlyMap<string, string>): void {
  for (let path = asc.nextFile(program); path !== null; path = asc.nextFile(program)) {
    const own = [`${path}.ts`, `${path}/index.ts`].find((name) => files.has(name));
    if (own !== undefined) asc.parse(program, files.get(own) ?? null, own);
    else parseLibrary(program, path, false);
  }
}

/** @returns whether there were errors among them */
function takeDiagnostics(program: asc.Program, into: Diagnostic[]): boolean {
  for (let one = asc.nextDiagnostic(program); one !== null; one = asc.nextDiagnostic(program)) {
    into.push(toDiagnostic(one));
  }
  return into.some(({ severity }) => severity === "error");
}
