import { describe, expect, test } from "vitest";
import { LiveClock, VirtualClock } from "../scheduler/clock.ts";
import { createWasiClock } from "./environmentTime.ts";

describe("the monotonic clock of a guest", () => {
  test("never tells the same time twice, though the browser's stands still for microseconds", () => {
    let nowMs = 5;
    const clock = createWasiClock(new LiveClock(() => nowMs), undefined, true);
    const readings = [clock.monotonicNs(), clock.monotonicNs(), clock.monotonicNs()];
    expect(readings).toEqual([5_000_000n, 5_000_001n, 5_000_002n]);
    // It goes by the browser's again with its next step.
    nowMs = 5.005;
    expect(clock.monotonicNs()).toBe(5_005_000n);
  });

  test("neither does a virtual one, in the same way in every run", () => {
    const readings = () => {
      const time = new VirtualClock();
      const clock = createWasiClock(time, { seed: 1, sliceFuel: 1000, epochMs: 1000 }, true);
      const first = [clock.monotonicNs(), clock.monotonicNs()];
      time.spend(2_000_000);
      return [...first, clock.monotonicNs(), clock.realtimeNs()];
    };
    expect(readings()).toEqual([0n, 1n, 1_000_000n, 1_001_000_000n]);
    expect(readings()).toEqual(readings());
  });
});
