/** What every part of a runtime is started with. Plain data. */
export interface RuntimeSettings {
  readonly executors: number;
  /** Stacks the whole runtime may hold (scheduler/stackBudget.ts). */
  readonly stackLimit: number;
  readonly sliceFuel: number;
  /** Whether SharedArrayBuffer may be posted here. */
  readonly isShared: boolean;
  /** Executors reach each other over rings in shared memory; else over ports. */
  readonly hasRings: boolean;
  /** What the waiting messages of one environment may take on one executor, bytes. */
  readonly mailLimitBytes: number;
  /** Executors hold a lock as long as they live (LifeLock), whose name begins like this; undefined: no locks here. */
  readonly lockPrefix: string | undefined;
}

/**
 * Cells that all executors of a runtime read and write; Int32. In a SharedArrayBuffer where the page is isolated,
 * else an ArrayBuffer that each executor has for itself.
 *
 *      0              2                       2 + n
 *     +--------------+-----------------------+
 *     | StackBudget  | runnable (executor 0) | …
 *     +--------------+-----------------------+
 */
export const STACK_CELLS_AT = 0;
export const LOAD_CELLS_AT = 2;

export function sharedCellCount(executors: number): number {
  return LOAD_CELLS_AT + executors;
}
