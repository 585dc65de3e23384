import { describe, expect, it } from "vitest";
import { executorCount } from "./executorCount.ts";

describe("the executors of a run", () => {
  it("are all that there are unless it asks for fewer", () => {
    expect(executorCount({}, 4)).toBeUndefined();
    expect(executorCount({ executors: 3 }, 4)).toBe(3);
    expect(executorCount({ executors: 1, deterministic: { seed: 1 } }, 4)).toBe(1);
  });

  it.each([0, 5, 1.5, Number.NaN])("cannot be %d of 4", (executors) => {
    expect(() => executorCount({ executors }, 4)).toThrow(/from 1 to 4/);
  });

  it("cannot be several in a deterministic run", () => {
    expect(() => executorCount({ executors: 2, deterministic: { seed: 1 } }, 4)).toThrow(RangeError);
  });
});
