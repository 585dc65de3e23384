/**
 * What `instrument` tells about a module besides its bytes. Plain data: it can be posted to a worker and kept in
 * IndexedDB with the bytes. Function indices in it are the guest's own (before instrumentation) unless said otherwise.
 */

/** Text form of a value type; typed references read `(ref null 3)`. */
export type ValueTypeName = "i32" | "i64" | "f32" | "f64" | "v128" | "funcref" | "externref" | (string & {});

/** Options of `instrument`. */
export interface InstrumentOptions {
  /** Whether the import may block: its calls follow the `pending`/`wait` protocol. Default: none may. */
  readonly suspends?: (module: string, name: string) => boolean;
  /** Count fuel and call `yield` when it runs out. Default true. */
  readonly fuel?: boolean;
  /**
   * Move the guest's memory into a region of an arena, with checks. Default true. Without it the module keeps its
   * own memory and has no control block: it cannot be shared, `suspends` is not asked, and of the added exports only
   * `fuel` exists. Meant for measuring.
   */
  readonly memory?: boolean;
}

/** The guest's memory as it was declared, in pages of 64 KiB. */
export interface MemoryInfo {
  readonly initialPages: number;
  readonly maximumPages: number | undefined;
  /** The name under which the guest exported it; the instrumented module does not export it. */
  readonly exportName: string | undefined;
}

/** An import of the guest. */
export interface ImportInfo {
  readonly module: string;
  readonly name: string;
  readonly kind: "function" | "table" | "global" | "tag";
  /** Of a function or tag; empty for others. */
  readonly params: readonly ValueTypeName[];
  readonly results: readonly ValueTypeName[];
  /** Whether `options.suspends` said so. */
  readonly suspends: boolean;
}

/** An exported function of the guest. */
export interface ExportInfo {
  readonly name: string;
  readonly functionIndex: number;
  readonly params: readonly ValueTypeName[];
  readonly results: readonly ValueTypeName[];
  /** Whether `entryExport(name)` exists. */
  readonly hasEntry: boolean;
}

/** A run of table 0 filled by an active element segment with a constant offset. */
export interface ElementInfo {
  readonly tableOffset: number;
  /** Function index per slot, -1 for null or an expression that names no function. */
  readonly functions: Int32Array;
}

/** The guest's function index space: imports, then the added imports (in the output only), then its own functions. */
export interface FunctionIndexInfo {
  readonly imported: number;
  readonly addedImports: number;
  readonly defined: number;
}

/** Code offsets, new to old; read it with `originalOffset`. */
export interface OffsetMap {
  /** Module-relative byte offset of the first function body (its length field), before and after. */
  readonly originalCodeStart: number;
  readonly codeStart: number;
  /** Runs of copied bytes, see `offsetMap.ts`. */
  readonly runs: Uint8Array<ArrayBuffer>;
}

/** Counts of what the passes did. */
export interface InstrumentStatistics {
  readonly functions: number;
  readonly instructions: number;
  /** Memory accesses: checked, dominated by an earlier check, at a constant address inside the initial memory. */
  readonly checks: number;
  readonly elidedChecks: number;
  readonly constantAccesses: number;
  /** Checks in the longer 64-bit form, because offset and size reach beyond the initial memory. */
  readonly wideChecks: number;
  readonly fuelChecks: number;
  readonly originalBytes: number;
  readonly bytes: number;
  readonly originalCodeBytes: number;
  readonly codeBytes: number;
}

/** Everything `instrument` knows about a module. */
export interface InstrumentInfo {
  /** `INSTRUMENTER_VERSION` of the instrumenter that wrote it. */
  readonly version: string;
  readonly memory: MemoryInfo | undefined;
  /** Bytes to reserve per process for its control block, a multiple of 64. */
  readonly controlBlockBytes: number;
  /** Argument slots in the control block, at least 4. */
  readonly argumentSlots: number;
  /** Why processes of this module cannot share an instance; `undefined` when they can. */
  readonly needsOwnInstance: string | undefined;
  /** Whether `lunatic_web:start` exists and must run after `init`. */
  readonly hasStart: boolean;
  /** Whether `lunatic_web.js_exception` must be given, which is `WebAssembly.JSTag`. */
  readonly needsExceptionTag: boolean;
  readonly imports: readonly ImportInfo[];
  readonly exports: readonly ExportInfo[];
  readonly functions: FunctionIndexInfo;
  readonly elements: readonly ElementInfo[];
  /** The guest's function name subsection, undecoded; read it with `functionName`. */
  readonly functionNames: Uint8Array<ArrayBuffer> | undefined;
  readonly offsetMap: OffsetMap;
  readonly statistics: InstrumentStatistics;
}

/** Result of `instrument`. */
export interface Instrumented {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly info: InstrumentInfo;
}
