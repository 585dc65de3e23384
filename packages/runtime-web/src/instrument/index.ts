/**
 * The rewriting of modules so that their processes are isolated, preempted and killable.
 * @module @lunatic-web/runtime/instrument
 */

export { ByteWriter } from "./binary/writer.ts";
export type { InstrumentErrorKind, InstrumentErrorPlace } from "./error.ts";
export { InstrumentError } from "./error.ts";
export type {
  ElementInfo,
  ExportInfo,
  FunctionIndexInfo,
  ImportInfo,
  Instrumented,
  InstrumentInfo,
  InstrumentOptions,
  InstrumentStatistics,
  MemoryInfo,
  OffsetMap,
  ValueTypeName,
} from "./info.ts";
export { instrument } from "./instrument.ts";
export {
  CONTROL_BLOCK,
  CONTROL_BLOCK_ALIGNMENT,
  EXPORT_PREFIX,
  entryExport,
  HOST_EXPORT,
  HOST_IMPORT,
  HOST_MODULE,
  MAX_REGION_PAGES,
  MIN_ARGUMENT_SLOTS,
  PAGE_BYTES,
  REGION_ALIGNMENT,
  SLOT_BYTES,
  TRAP,
  TRAP_MESSAGE,
} from "./layout.ts";
export { originalOffset } from "./offsetMap.ts";
export type { Standalone, StandaloneOptions } from "./standalone.ts";
export { instantiateStandalone } from "./standalone.ts";
export { functionName, originalFunctionIndex, tableFunctionIndex } from "./symbols.ts";
export { INSTRUMENTER_VERSION } from "./version.ts";
