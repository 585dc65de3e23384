import { describe, expect, it } from "vitest";
import { deterministicRun } from "./deterministicRun.ts";

describe("deterministicRun", () => {
  it("starts at a fixed date where none is given", () => {
    expect(deterministicRun({ seed: 3, sliceFuel: 9 })).toEqual({
      seed: 3,
      sliceFuel: 9,
      epochMs: Date.UTC(2000, 0, 1),
    });
  });

  it("is nothing where nothing is asked for", () => {
    expect(deterministicRun(undefined)).toBeUndefined();
  });

  it.each([
    ["a seed", { seed: -1 }],
    ["a seed", { seed: 1.5 }],
    ["a seed", { seed: 2 ** 53 }],
    ["a slice", { seed: 1, sliceFuel: 0 }],
    ["a date", { seed: 1, epochMs: Number.NaN }],
    ["a date", { seed: 1, epochMs: 1e15 }],
  ])("refuses %s outside its range: %o", (_, options) => {
    expect(() => deterministicRun(options)).toThrow(RangeError);
  });
});
