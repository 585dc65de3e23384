import { describe, expect, it } from "vitest";
import { fuelLimitInstructions, placeProcess } from "./policy.ts";

describe("placeProcess", () => {
  it("keeps the first child of a busy parent beside it: they mostly talk", () => {
    expect(placeProcess([1, 0], 0)).toBe(0);
  });

  it("gives every executor its share of a fan-out", () => {
    const runnable = [1, 0, 0, 0];
    for (let child = 0; child < 64; child++) runnable[placeProcess(runnable, 0)]!++;
    for (const each of runnable) expect(each).toBeGreaterThanOrEqual(15);
  });

  it("stays where it is when all have the same to do", () => {
    expect(placeProcess([5, 5, 5], 2)).toBe(2);
  });
});

it("a fuel unit is 100,000 instructions and zero units mean no limit", () => {
  expect(fuelLimitInstructions(3n)).toBe(300_000);
  expect(fuelLimitInstructions(0n)).toBe(Number.POSITIVE_INFINITY);
});
