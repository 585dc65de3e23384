import { describe, expect, it } from "vitest";
import {
  fuelLimitInstructions,
  isTimerPatient,
  placeProcess,
  shareOut,
  TIMER_GRACE_FUEL,
  TIMER_GRACE_MS,
} from "./policy.ts";

describe("placeProcess", () => {
  it("keeps the first child of a busy parent beside it: they mostly talk", () => {
    expect(placeProcess([1, 0], 0)).toBe(0);
  });

  it("gives every executor its share of a fan-out", () => {
    const runnable = [1, 0, 0, 0];
    for (let child = 0; child < 64; child++) runnable[placeProcess(runnable, 0)]!++;
    for (const each of runnable) expect(each).toBeGreaterThanOrEqual(15);
  });

  it("leaves for the executor that has least to do of all", () => {
    expect(placeProcess([20, 2, 1], 0)).toBe(2);
  });

  it("stays where it is when all have the same to do", () => {
    expect(placeProcess([5, 5, 5], 2)).toBe(2);
  });
});

describe("shareOut", () => {
  it("gives an idle executor half of what has not started", () => {
    expect(shareOut([64, 0], 0, 63)).toHaveLength(32);
  });

  it("levels the loads also where nobody is idle", () => {
    expect(shareOut([6, 2], 0, 3)).toEqual([1, 1]);
    expect(shareOut([1, 9, 3, 1], 1, 8).sort()).toEqual([0, 0, 0, 3, 3]);
  });

  it("gives no more than may go, however uneven the loads", () => {
    expect(shareOut([20, 0, 0], 0, 2)).toEqual([1, 2]);
  });

  it("keeps a process that another executor would serve no sooner", () => {
    expect(shareOut([2, 1], 0, 1)).toEqual([]);
    expect(shareOut([1], 0, 1)).toEqual([]);
  });
});

it("a fuel unit is 100,000 instructions and zero units mean no limit", () => {
  expect(fuelLimitInstructions(3n)).toBe(300_000);
  expect(fuelLimitInstructions(0n)).toBe(Number.POSITIVE_INFINITY);
});

describe("isTimerPatient", () => {
  it("lets cold code take its time, for as little as it executes", () => {
    expect(isTimerPatient(1_000, TIMER_GRACE_MS / 2)).toBe(true);
  });

  it("waits neither for endless work nor for ever", () => {
    expect(isTimerPatient(TIMER_GRACE_FUEL, 1)).toBe(false);
    expect(isTimerPatient(0, TIMER_GRACE_MS)).toBe(false);
  });
});
