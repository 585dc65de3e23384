import { expect, it } from "vitest";
import { scriptRun } from "../../src/lessons/check/testing/scriptedRun.ts";
import { goals } from "./check.ts";

const watched = () => scriptRun(goals).spawn(2, 1, "work").spawn(3, 1, "work").monitor(1, 2).monitor(1, 3);

it("ends of which main is not told do not count", () => {
  const run = scriptRun(goals).spawn(2, 1, "work").spawn(3, 1, "work");
  expect(run.exit(2).exit(3, "trapped").exit(1).reached).toEqual([]);
  expect(watched().exit(2).exit(3, "trapped").exit(1).reached).toEqual(["monitors"]);
});

it("the end of one is not that of both", () => {
  expect(watched().exit(3, "trapped").monitoredEnded(1, 3).exit(1).reached).toEqual(["monitors"]);
});

it("who hears of both and gets to its end reaches all", () => {
  const run = watched().exit(2).monitoredEnded(1, 2).exit(3, "trapped").monitoredEnded(1, 3);
  expect(run.reached).toEqual(["monitors", "told"]);
  expect(run.exit(1).reached).toEqual(["monitors", "told", "to-the-end"]);
});
