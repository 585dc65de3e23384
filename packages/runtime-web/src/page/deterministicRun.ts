import type { DeterministicRun } from "../protocol/pacing.ts";
import { MAX_SLICE_FUEL } from "../scheduler/policy.ts";
import type { DeterministicOptions } from "./types.ts";

/** 2000-01-01T00:00:00Z. */
const DEFAULT_EPOCH_MS = 946_684_800_000;
/** The last moment that nanoseconds since 1970 tell in 64 bits without a sign, with room for a run: the year 2500. */
const MAX_EPOCH_MS = 16_725_225_600_000;

/** @throws RangeError an option outside its range */
export function deterministicRun(options: DeterministicOptions | undefined): DeterministicRun | undefined {
  if (options === undefined) return undefined;
  const run = {
    seed: options.seed,
    sliceFuel: options.sliceFuel,
    epochMs: options.epochMs ?? DEFAULT_EPOCH_MS,
  };
  if (run.sliceFuel !== undefined) requireSliceFuel(run.sliceFuel);
  if (!Number.isSafeInteger(run.seed) || run.seed < 0) {
    throw new RangeError(`seed must be a whole number from 0 to 2^53 - 1, not ${run.seed}`);
  }
  if (!Number.isInteger(run.epochMs) || run.epochMs < 0 || run.epochMs > MAX_EPOCH_MS) {
    throw new RangeError(
      `epochMs must be a whole number of milliseconds from 0 to ${MAX_EPOCH_MS}, not ${run.epochMs}`,
    );
  }
  return run;
}

/** @throws RangeError */
export function requireSliceFuel(sliceFuel: number): void {
  if (Number.isInteger(sliceFuel) && sliceFuel >= 1 && sliceFuel <= MAX_SLICE_FUEL) return;
  throw new RangeError(`sliceFuel must be a whole number from 1 to ${MAX_SLICE_FUEL}, not ${sliceFuel}`);
}
