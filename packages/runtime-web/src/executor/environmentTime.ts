import type { DeterministicRun } from "../protocol/pacing.ts";
import { type Clock, LiveClock, VirtualClock } from "../scheduler/clock.ts";
import type { WasiClock } from "../wasi/index.ts";

const NS_PER_MS = 1_000_000;

/** The step of performance.now() in an isolated page, 5 µs; 100 µs in others. */
const ISOLATED_RESOLUTION_NS = 5_000n;
const SHARED_RESOLUTION_NS = 100_000n;

/** @param startedAtMs when the environment was opened, milliseconds since 1970; one number for all executors */
export function createClock(startedAtMs: number, deterministic: DeterministicRun | undefined): Clock {
  if (deterministic !== undefined) return new VirtualClock();
  const startMs = startedAtMs - performance.timeOrigin;
  // Workers take their timeOrigin from the system's clock, which may have been set back in between.
  return new LiveClock(() => Math.max(0, performance.now() - startMs));
}

/**
 * The clocks that guests see: the monotonic one is the environment's and never tells the same time twice, the date is the
 * browser's unless time is virtual.
 */
export function createWasiClock(
  clock: Clock,
  deterministic: DeterministicRun | undefined,
  isIsolated: boolean,
): WasiClock {
  const nowNs = (): bigint => BigInt(Math.round(clock.nowMs() * NS_PER_MS));
  let lastNs = -1n;
  // A native clock has moved between two calls, and programs rely on it: they divide by what has passed. The browser's
  // stands still for thousands of nanoseconds, too few for a guest to count beyond the next step.
  const monotonicNs = (): bigint => {
    const now = nowNs();
    lastNs = now > lastNs ? now : lastNs + 1n;
    return lastNs;
  };
  if (deterministic !== undefined) {
    const epochNs = BigInt(deterministic.epochMs) * BigInt(NS_PER_MS);
    return { monotonicNs, realtimeNs: () => epochNs + nowNs(), resolutionNs: 1n };
  }
  return {
    monotonicNs,
    realtimeNs: () => BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000)) * 1000n,
    resolutionNs: isIsolated ? ISOLATED_RESOLUTION_NS : SHARED_RESOLUTION_NS,
  };
}
