import { describe, expect, it } from "vitest";
import { executorsFrom } from "./environments.ts";

describe("the executors of an environment", () => {
  it("are all if it asks for no number, or for as many as there are", () => {
    expect(executorsFrom([0, 1, 2], 1, undefined)).toBeUndefined();
    expect(executorsFrom([0, 1, 2], 1, 3)).toBeUndefined();
    expect(executorsFrom([0, 2], 2, 3), "one was lost").toBeUndefined();
  });

  it("are its home and the next ones, so that small runs are spread", () => {
    expect(executorsFrom([0, 1, 2, 3], 1, 1)).toEqual([1]);
    expect(executorsFrom([0, 1, 2, 3], 3, 2)).toEqual([3, 0]);
    expect(executorsFrom([0, 2, 3], 2, 2), "of those that are alive").toEqual([2, 3]);
  });
});
