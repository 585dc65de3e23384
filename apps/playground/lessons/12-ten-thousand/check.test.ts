import { expect, it } from "vitest";
import { scriptRun } from "../../src/lessons/check/testing/scriptedRun.ts";
import { goals } from "./check.ts";

it("ten thousand one after the other are not alive at the same time", () => {
  const run = scriptRun(goals);
  for (let pid = 2; pid <= 10_002; pid++) run.spawn(pid, 1, "cell").exit(pid);
  expect(run.reached).toEqual([]);
});

it("ten thousand that wait and then answer reach all", () => {
  const run = scriptRun(goals);
  for (let pid = 2; pid <= 10_001; pid++) run.spawn(pid, 1, "cell");
  expect(run.reached).toEqual(["alive"]);
  for (let pid = 2; pid <= 10_001; pid++) run.message(pid, 1);
  expect(run.reached).toEqual(["alive", "answers"]);
});
