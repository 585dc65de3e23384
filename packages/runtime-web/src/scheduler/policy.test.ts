import { describe, expect, it } from "vitest";
import { fuelLimitInstructions, type Load, placeProcess } from "./policy.ts";

const load = (...runnable: number[]): Load[] => runnable.map((each) => ({ runnable: each, live: 0 }));

describe("placeProcess", () => {
  it("keeps the first child of a busy parent beside it: they mostly talk", () => {
    expect(placeProcess(load(1, 0), 0)).toBe(0);
  });

  it("gives every executor its share of a fan-out", () => {
    const loads = load(1, 0, 0, 0);
    for (let child = 0; child < 64; child++) loads[placeProcess(loads, 0)]!.runnable++;
    for (const each of loads) expect(each.runnable).toBeGreaterThanOrEqual(15);
  });

  it("stays where it is when all have the same to do", () => {
    expect(placeProcess(load(5, 5, 5), 2)).toBe(2);
  });
});

it("a fuel unit is 100,000 instructions and zero units mean no limit", () => {
  expect(fuelLimitInstructions(3n)).toBe(300_000);
  expect(fuelLimitInstructions(0n)).toBe(Number.POSITIVE_INFINITY);
});
