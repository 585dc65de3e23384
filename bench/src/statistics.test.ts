import { describe, expect, test } from "vitest";
import { geometricMean, median, pairedRatios, quantile, spread } from "./statistics.ts";

describe("statistics of samples", () => {
  test("the median of an even number of values lies between the two middle ones", () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([9, 1, 2])).toBe(2);
  });

  test("values are ordered as numbers and the caller's array stays as it is", () => {
    const values = [10, 9, 100];
    expect(median(values)).toBe(10);
    expect(values).toEqual([10, 9, 100]);
  });

  test("a quantile between two values is in proportion to its distance from them", () => {
    expect(quantile([0, 10], 0.25)).toBe(2.5);
    expect(quantile([7], 0.9)).toBe(7);
  });

  test("one outlier does not move the spread", () => {
    expect(spread([1, 2, 3, 4, 5])).toBe(2);
    expect(spread([1, 2, 3, 4, 1_000])).toBe(2);
  });

  test("halving and doubling cancel out in the geometric mean", () => {
    expect(geometricMean([0.5, 2])).toBeCloseTo(1, 12);
    expect(geometricMean([1, 4, 16])).toBeCloseTo(4, 12);
  });

  test("no values, and values that ratios cannot have, are refused", () => {
    expect(() => median([])).toThrow(RangeError);
    expect(() => geometricMean([])).toThrow(RangeError);
    expect(() => geometricMean([1, 0])).toThrow(RangeError);
    expect(() => geometricMean([1, Number.NaN])).toThrow(RangeError);
  });

  test("measurements without a partner are refused", () => {
    expect(pairedRatios([3, 8], [1, 2])).toEqual([3, 4]);
    expect(() => pairedRatios([1, 2], [1])).toThrow("2 measurements cannot be paired with 1");
  });
});
