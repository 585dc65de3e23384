import type { RunOptions } from "./types.ts";

/**
 * How many executors a run uses; undefined: all.
 * @param available those of its runtime
 * @throws RangeError no such number, or several of a deterministic run
 */
export function executorCount(
  { executors, deterministic }: Pick<RunOptions, "executors" | "deterministic">,
  available: number,
): number | undefined {
  if (executors === undefined) return undefined;
  if (!Number.isInteger(executors) || executors < 1 || executors > available) {
    throw new RangeError(`A run uses a whole number of executors from 1 to ${available}, not ${executors}`);
  }
  if (deterministic !== undefined && executors !== 1) {
    throw new RangeError(`A deterministic run uses 1 executor, not ${executors}`);
  }
  return executors;
}
