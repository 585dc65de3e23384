/**
 * The border between an instrumented module and its host: names, trap kinds and the control block.
 *
 * One instance of an instrumented module serves many processes. What the instance itself holds of a process
 * are its mutable globals; while another process runs they lie in the process's control block, at a fixed
 * address of the arena outside every region. All words are little-endian, as wasm stores them:
 *
 * ```
 *  0        4        8        12         16            32                         32 + 16 n
 *  +--------+--------+--------+----------+-------------+--------------------------+-------------------+
 *  | base   | limit  | fuel   | pending  | result slot | n argument slots, 16 B   | mutable globals,  |
 *  | u32    | u32    | i32    | u32      | 16 B        | each (n ≥ 4)             | 8 B (v128: 16 B)  |
 *  +--------+--------+--------+----------+-------------+--------------------------+-------------------+
 * ```
 *
 * A value in a slot lies at the slot's start: i32 and f32 take 4 bytes, i64 and f64 8, v128 16.
 */

/** Module name of every import the instrumenter adds. A guest that imports from it is rejected. */
export const HOST_MODULE = "lunatic_web";

/** Prefix of every export the instrumenter adds. A guest that exports such a name is rejected. */
export const EXPORT_PREFIX = "lunatic_web:";

/** Names of the added imports, all in module `HOST_MODULE`. */
export const HOST_IMPORT = {
  /** The arena: an unshared memory, or one of any size and maximum. */
  memory: "memory",
  /** `(kind i32) -> ()`: must throw; see `TRAP`. */
  trap: "trap",
  /**
   * `(deltaPages i32) -> i32`: the guest's `memory.grow`. Returns the old size in pages or -1. The host writes the
   * new base and limit into the running process's control block before it returns.
   */
  grow: "grow",
  /**
   * `() -> i32`: the fuel counter fell below zero; what is left (negative) is in the exported fuel global. Returns
   * the new fuel. A host that wants to switch sets `pending` in the control block: the guest then saves itself,
   * calls `wait`, and takes its fuel from the control block. The process's region must not move meanwhile: code in
   * loops keeps base and limit in locals. (It may move while a blocking import waits, and in `grow`.)
   */
  yield: "yield",
  /** `() -> ()`: the only import that suspends (`WebAssembly.Suspending`). */
  wait: "wait",
  /** `WebAssembly.JSTag`; imported only by modules that catch every exception (`InstrumentInfo.needsExceptionTag`). */
  exceptionTag: "js_exception",
} as const;

/** Names of the added exports, without `EXPORT_PREFIX`. */
export const HOST_EXPORT = {
  /**
   * `(pcb i32, base i32, limit i32, fuel i32) -> ()`: makes a fresh process: writes the control block (globals from
   * their initialisers, `pending` 0) and applies the active data segments. Touches no global of the instance, so it
   * may be called while another process is running. The region must be zero. Calls `trap(1)` when a segment does
   * not fit, segments before it having been written.
   */
  init: "init",
  /**
   * `(pcb i32) -> ()`: makes the process the running one: its globals are loaded from its control block. For hosts
   * that call an export directly; entry thunks and resumed waits do it themselves.
   */
  load: "load",
  /** `() -> ()`: saves the running process's globals into its control block. */
  save: "save",
  /**
   * `(pcb i32) -> ()`: the module's start function as an entry thunk. Exported only if there is one
   * (`InstrumentInfo.hasStart`).
   */
  start: "start",
  /** The mutable i32 fuel global, so that a host can charge for host calls. */
  fuel: "fuel",
  /** The mutable i32 global with the running process's control block address. */
  pcb: "pcb",
  /**
   * `entry:<export name>`, `(pcb i32) -> ()`: loads the process's globals and arguments from the control block, calls
   * the export, stores its result in the result slot and saves the globals. There is one for every exported
   * function with numeric or v128 parameters and at most one such result.
   */
  entryPrefix: "entry:",
} as const;

/** What `trap` is told. */
export const TRAP = {
  unreachable: 0,
  outOfBounds: 1,
} as const;

/** The engines' own messages for the traps that reach the host through `trap`, by kind. */
export const TRAP_MESSAGE: readonly [unreachable: string, outOfBounds: string] = [
  "unreachable",
  "memory access out of bounds",
];

/** Byte offsets into a control block; the drawing is at the top of this file. */
export const CONTROL_BLOCK = {
  base: 0,
  limit: 4,
  fuel: 8,
  pending: 12,
  result: 16,
  arguments: 32,
} as const;

/** Bytes per result and argument slot: the widest value, v128. */
export const SLOT_BYTES = 16;

/** Every control block has room for this many arguments, so that a host can rely on it without asking. */
export const MIN_ARGUMENT_SLOTS = 4;

/** Control blocks and regions start at multiples of this: v128 slots, and the guest's atomic accesses stay aligned. */
export const REGION_ALIGNMENT = 16;

/** Control block sizes are rounded up to a cache line, so that neighbours do not share one. */
export const CONTROL_BLOCK_ALIGNMENT = 64;

/** Bytes per wasm page. */
export const PAGE_BYTES = 65_536;

/** Largest region in pages: limits are u32 byte counts, and an arena (4 GiB at most) also holds the control block. */
export const MAX_REGION_PAGES = 65_535;

/** The export name of the entry thunk for the guest's export `name`. */
export function entryExport(name: string): string {
  return EXPORT_PREFIX + HOST_EXPORT.entryPrefix + name;
}
