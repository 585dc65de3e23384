import { describe, expect, it } from "vitest";
import { PAUSED, type Pace, RUNNING } from "../inspect/pace.ts";
import type { StepGoal } from "../protocol/pacing.ts";
import { ProcessEndedError } from "./errors.ts";
import { PaceSwitch } from "./paceSwitch.ts";

const SLOW: Pace = { state: "slow", slicesPerSecond: 5 };

function setUp(isAlive = true) {
  const ordered: (Pace | StepGoal)[] = [];
  const paceSwitch = new PaceSwitch({
    setPace: async (pace) => {
      ordered.push(pace);
      return isAlive;
    },
    step: async (goal) => {
      ordered.push(goal);
      return { outcome: "stepped", slices: 1, pid: 1, sawMessage: false };
    },
    ended: async () => ({ type: "returned" }),
  });
  return { paceSwitch, ordered };
}

describe("PaceSwitch", () => {
  it("goes on slowly after a pause where a speed was set before or meanwhile", async () => {
    const { paceSwitch, ordered } = setUp();
    await paceSwitch.setSpeed(5);
    await paceSwitch.pause();
    await paceSwitch.resume();
    expect(ordered).toEqual([SLOW, PAUSED, SLOW]);
  });

  it("stays paused when a speed is set, also after a step", async () => {
    const { paceSwitch, ordered } = setUp();
    await paceSwitch.step({ slices: 1 });
    await paceSwitch.setSpeed(5);
    await paceSwitch.setSpeed(undefined);
    expect(ordered).toEqual([{ slices: 1 }]);
    await paceSwitch.resume();
    expect(ordered.at(-1)).toEqual(RUNNING);
  });

  it.each([0, -1, 1.5, Number.NaN, 1_000_001])("refuses a step of %d slices", async (slices) => {
    const { paceSwitch, ordered } = setUp();
    await expect(paceSwitch.step({ slices })).rejects.toThrow(RangeError);
    expect(ordered).toEqual([]);
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 10_001])("refuses a speed of %d", async (speed) => {
    const { paceSwitch, ordered } = setUp();
    await expect(paceSwitch.setSpeed(speed)).rejects.toThrow(/slices a second/);
    expect(ordered).toEqual([]);
  });

  it("says that the environment has ended, and why", async () => {
    const { paceSwitch } = setUp(false);
    await expect(paceSwitch.pause()).rejects.toThrow(ProcessEndedError);
    await expect(paceSwitch.resume()).rejects.toMatchObject({ exitCause: { type: "returned" } });
  });
});
