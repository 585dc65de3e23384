/**
 * The compiler itself, in the thread that calls it: for Node and for workers of your own.
 * @module @lunatic-web/sdk/compile
 */

import * as asc from "assemblyscript";
import binaryen from "assemblyscript/binaryen";
import { MESSAGE_SECTION } from "../trace/messageTypes.ts";
import { LunaticTransform } from "../transform/index.ts";
import type { Diagnostic, Place } from "./diagnostic.ts";
import { findLibraryFile, globalLibraryFiles } from "./librarySources.ts";
import { LocatingCompiler } from "./locatingCompiler.ts";
import { readDiagnostic, readPlace } from "./readDiagnostic.ts";
import type { CompileRequest, CompileResult, SourceFiles } from "./request.ts";
import { completeSourceMap } from "./sourceMapContents.ts";
import { SyntaxCache } from "./syntaxCache.ts";

const RUNTIME_PATH = "~lib/rt/index-incremental";
/** What the framework puts in the place of AssemblyScript's own functions: `abort` is an import of `env` there. */
const GLOBAL_ALIASES = {
  abort: "~lib/lunatic/abort/abort",
  seed: "~lib/lunatic/system/random/seed",
  console: "~lib/lunatic/system/console/console",
} as const;
const ALIAS_SOURCES = ["~lib/lunatic/abort", "~lib/lunatic/system/console", "~lib/lunatic/system/random"];

/** Without an address binaryen writes no map. */
const DEFAULT_MAP_URL = "main.wasm.map";

const syntaxCache = new SyntaxCache();

/**
 * Compiles a program to a lunatic module. What is parsed of the library stays in memory, so the second call is several
 * times faster than the first.
 * Never throws for a fault of the program: those are diagnostics.
 */
export function compile(request: CompileRequest<SourceFiles>): CompileResult {
  const begin = performance.now();
  const diagnostics: Diagnostic[] = [];
  // The source of what no file holds is one for all programs: its number in the debug information is of the last one.
  asc.Source.native.debugInfoIndex = -1;
  const program = asc.newProgram(createOptions(request));
  const compiler = new LocatingCompiler(program);
  let output: Output | undefined;
  let crashed = false;
  try {
    output = compileProgram(compiler, request, diagnostics);
  } catch (error) {
    crashed = true;
    syntaxCache.clear();
    // What was found before the crash is often its cause.
    takeDiagnostics(program, diagnostics);
    diagnostics.push(crashDiagnostic(error, compiler));
  } finally {
    program.module.dispose();
  }
  return {
    wasm: output?.wasm,
    sourceMap: output?.sourceMap,
    diagnostics,
    duration: performance.now() - begin,
    crashed,
  };
}

interface Output {
  readonly wasm: Uint8Array<ArrayBuffer>;
  readonly sourceMap: string | undefined;
}

/** @returns undefined: the program has errors, which are among `diagnostics` */
function compileProgram(
  compiler: asc.Compiler,
  request: CompileRequest<SourceFiles>,
  diagnostics: Diagnostic[],
): Output | undefined {
  const { program } = compiler;
  const { files, entry, optimize = 0, debug = true, sourceMapUrl = DEFAULT_MAP_URL } = request;
  for (const file of globalLibraryFiles()) syntaxCache.addTo(program, file, false);
  parseLibrary(program, RUNTIME_PATH, true);
  for (const path of ALIAS_SOURCES) parseLibrary(program, path, false);
  // No entry for AssemblyScript: what an author exports for his other files is no export of the module.
  asc.parse(program, files.get(entry) ?? null, entry, false);
  parseImported(program, files);
  if (takeDiagnostics(program, diagnostics)) return undefined;

  const transform = new LunaticTransform(entry);
  transform.afterParse(program.parser);
  parseImported(program, files);
  if (takeDiagnostics(program, diagnostics)) return undefined;

  asc.initializeProgram(program);
  transform.afterInitialize(program);
  program.parser.finish();
  const module = compiler.compile();
  if (takeDiagnostics(program, diagnostics)) return undefined;

  // For those who look at it while it runs, as names and the map are.
  const messages = debug ? transform.describeMessages() : undefined;
  if (messages !== undefined) module.addCustomSection(MESSAGE_SECTION, new TextEncoder().encode(messages));
  const output = binaryen.wrapModule(asc.getBinaryenModuleRef(module));
  asc.optimize(module, optimize, 0, debug, false);
  const { binary, sourceMap } = output.emitBinary(debug ? sourceMapUrl : null);
  return {
    wasm: new Uint8Array(binary),
    sourceMap: debug && sourceMap ? completeSourceMap(sourceMap, files) : undefined,
  };
}

function createOptions({ optimize = 0, debug = true }: CompileRequest<SourceFiles>): asc.Options {
  const options = asc.newOptions();
  asc.setRuntime(options, asc.Runtime.Incremental);
  asc.setStackSize(options, asc.DEFAULT_STACK_SIZE);
  asc.setExportMemory(options, true);
  asc.setSourceMap(options, debug);
  asc.setDebugInfo(options, debug);
  asc.setOptimizeLevelHints(options, optimize, 0);
  for (const [name, path] of Object.entries(GLOBAL_ALIASES)) asc.addGlobalAlias(options, name, path);
  return options;
}

function parseLibrary(program: asc.Program, internalPath: string, isEntry: boolean): void {
  const file = findLibraryFile(internalPath);
  if (file === undefined) asc.parse(program, null, `${internalPath}.ts`, isEntry);
  else syntaxCache.addTo(program, file, isEntry);
}

function parseImported(program: asc.Program, files: SourceFiles): void {
  for (let path = asc.nextFile(program); path !== null; path = asc.nextFile(program)) {
    const own = [`${path}.ts`, `${path}/index.ts`].find((name) => files.get(name) !== undefined);
    if (own !== undefined) asc.parse(program, files.get(own) ?? null, own);
    else parseLibrary(program, path, false);
  }
}

/** More is of no use to anybody: what does not end a string is told of at every character behind it. */
const MAX_DIAGNOSTICS = 300;

/** @returns whether there were errors among them */
function takeDiagnostics(program: asc.Program, into: Diagnostic[]): boolean {
  for (let one = asc.nextDiagnostic(program); one !== null; one = asc.nextDiagnostic(program)) {
    if (into.length < MAX_DIAGNOSTICS) into.push(readDiagnostic(one));
  }
  return into.some(({ severity }) => severity === "error");
}

/** AssemblyScript asserts what it believes; some of it is not so for programs with errors. */
function crashDiagnostic(error: unknown, compiler: asc.Compiler): Diagnostic {
  const reason = error instanceof Error ? (error.message.split("\n", 1)[0] ?? "") : String(error);
  const message =
    error instanceof RangeError
      ? `This is nested too deeply, or instantiates generics without end (${reason}): split it up`
      : `The compiler failed here (${reason}), most likely on an error that it does not know: change what you wrote last`;
  return { severity: "error", code: 0, message, place: placeOfCrash(compiler), related: undefined };
}

/** The function that was being compiled, or the file that was being parsed. */
function placeOfCrash({ program, currentFlow }: asc.Compiler): Place | undefined {
  const { name } = currentFlow.targetFunction.declaration;
  if (!name.range.source.isLibrary) return readPlace(name.range);
  const { currentSource } = program.parser;
  if (currentSource === null) return undefined;
  const begin = { line: 1, column: 1 };
  return { file: currentSource.normalizedPath, range: { start: begin, end: begin } };
}
