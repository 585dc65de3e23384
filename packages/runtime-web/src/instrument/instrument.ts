import { BRANCH_HINT_SECTION, readBranchHints } from "./binary/branchHints.ts";
import { decodeModule } from "./binary/decodeModule.ts";
import type { GuestModule } from "./binary/module.ts";
import { AddedTypes } from "./binary/typeTable.ts";
import { ByteWriter } from "./binary/writer.ts";
import {
  describeElements,
  describeExports,
  describeFunctionNames,
  describeImports,
  describeMemory,
  sharingObstacle,
} from "./describeModule.ts";
import { InstrumentError } from "./error.ts";
import { HostInterface } from "./hostInterface.ts";
import type { Instrumented, InstrumentInfo, InstrumentOptions } from "./info.ts";
import { AddedFunctions } from "./passes/addedFunctions.ts";
import { BodyRewriter, type EnabledPasses } from "./passes/bodyRewriter.ts";
import { layOutControlBlock } from "./passes/controlBlock.ts";
import { type PrintedModule, printModule } from "./printModule.ts";
import { firstBodyOffset, type RewrittenCode, rewriteCode, writeAddedFunction } from "./rewriteCode.ts";
import { functionName } from "./symbols.ts";
import { INSTRUMENTER_VERSION } from "./version.ts";

/**
 * Rewrites a wasm module so that it can run as processes that share an instance and an arena, and be preempted.
 *
 * Memory accesses go to a region of the arena and are checked against the process's own limit, exactly as the
 * original's: the same accesses trap. Fuel is counted and `yield` called when it runs out. Blocking imports suspend
 * only when the host has to wait. What the host sees is described in `layout.ts`; what is not touched is kept byte
 * for byte, custom sections included. Time is linear in the input; the input is not modified.
 *
 * @param bytes a whole module; hostile input is expected
 * @throws InstrumentError if the module is malformed, or uses what we do not run; other errors are bugs
 */
export function instrument(bytes: Uint8Array, options: InstrumentOptions = {}): Instrumented {
  const passes = { memory: options.memory ?? true, fuel: options.fuel ?? true };
  const suspends = passes.memory ? (options.suspends ?? (() => false)) : () => false;
  let module: GuestModule | undefined;
  try {
    module = decodeModule(bytes);
    // Nearly no guest catches every exception; those that do are rewritten twice, because the exception tag's import
    // moves the tags the first bodies may already have named.
    return build(module, passes, suspends, false) ?? (build(module, passes, suspends, true) as Instrumented);
  } catch (error) {
    if (error instanceof InstrumentError && error.functionIndex !== undefined) throw named(error, module);
    throw error;
  }
}

/** @returns `undefined` if the module needs the exception tag and `hasExceptionTag` is false */
function build(
  module: GuestModule,
  passes: EnabledPasses,
  suspends: (module: string, name: string) => boolean,
  hasExceptionTag: boolean,
): Instrumented | undefined {
  const { bytes } = module;
  const types = new AddedTypes(module.types.length);
  const host = new HostInterface(module, types, passes, hasExceptionTag);
  const block = layOutControlBlock(module);
  const added = new AddedFunctions(module, types, host, block, host.firstAddedFunction, passes.fuel);
  host.wrapBlockingImports(added, suspends);
  if (passes.memory) host.addExports(added);
  else host.addFuelExport();

  const rewriter = new BodyRewriter(module, host, added, passes);
  const hintSection = module.sections.find(({ name }) => name === BRANCH_HINT_SECTION);
  const code = rewriteCode(module, rewriter, host, readBranchHints(bytes, hintSection));
  if (code === undefined) return undefined;
  const printed = print(module, host, types, added, code, passes.memory);

  const { statistics } = rewriter.region;
  const info: InstrumentInfo = {
    version: INSTRUMENTER_VERSION,
    memory: describeMemory(module),
    controlBlockBytes: block.byteLength,
    argumentSlots: block.argumentSlots,
    needsOwnInstance: sharingObstacle(module) ?? rewriter.decoder.sharingObstacle,
    hasStart: module.start !== undefined,
    needsExceptionTag: hasExceptionTag,
    imports: describeImports(module, suspends),
    exports: describeExports(module),
    functions: {
      imported: module.importCounts.functions,
      addedImports: host.addedFunctionImports,
      defined: module.bodies.length,
    },
    elements: describeElements(module),
    functionNames: describeFunctionNames(module),
    offsetMap: {
      originalCodeStart: firstBodyOffset(module),
      codeStart: printed.codeStart,
      runs: code.spans.toBytes(),
    },
    statistics: {
      functions: module.bodies.length,
      instructions: rewriter.instructionCount,
      ...statistics,
      fuelChecks: rewriter.fuel.checks,
      originalBytes: bytes.length,
      bytes: printed.bytes.length,
      originalCodeBytes: module.bodies.reduce((sum, { start, end }) => sum + end - start, 0),
      codeBytes: code.bodies.length,
    },
  };
  return { bytes: printed.bytes, info };
}

function print(
  module: GuestModule,
  host: HostInterface,
  types: AddedTypes,
  added: AddedFunctions,
  code: RewrittenCode,
  movesMemory: boolean,
): PrintedModule {
  const functions = new ByteWriter();
  for (const item of added.functions) {
    functions.u32(item.typeIndex);
    writeAddedFunction(item, code.bodies);
  }
  const typeItems = new ByteWriter();
  types.write(typeItems);
  return printModule(module, {
    names: {
      functionIndex: (original) => host.shiftedFunctionIndex(original),
      tagIndex: (original) => host.tagIndex(original),
      added: host.addedNames(added),
    },
    references: host,
    types: { count: types.count, content: typeItems },
    imports: host.imports,
    functions: { count: added.functions.length, content: functions },
    globals: host.globals,
    exports: host.exports,
    code: { count: module.bodies.length + added.functions.length, content: code.bodies },
    hints: code.hints,
    movesMemory,
  });
}

/** The same error with the function's name, if the module tells it. */
function named(error: InstrumentError, module: GuestModule | undefined): InstrumentError {
  if (module === undefined || error.functionIndex === undefined) return error;
  const name = functionName({ functionNames: describeFunctionNames(module) }, error.functionIndex);
  return new InstrumentError(error.kind, error.finding, error.advice, {
    byteOffset: error.byteOffset,
    functionIndex: error.functionIndex,
    functionName: name,
  });
}
