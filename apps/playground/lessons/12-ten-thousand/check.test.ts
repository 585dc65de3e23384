import { expect, it } from "vitest";
import { scriptRun } from "../../src/lessons/check/testing/scriptedRun.ts";
import { goals } from "./check.ts";

it("many that live one after the other are not alive at the same time", () => {
  const run = scriptRun(goals);
  for (let pid = 2; pid <= 2_000; pid++) run.spawn(pid, 1, "cell").exit(pid);
  expect(run.reached).toEqual([]);
});

it("ten thousand messages, and not one less, are those of all", () => {
  const run = scriptRun(goals);
  for (let pid = 2; pid <= 10_000; pid++) run.spawn(pid, 1, "cell");
  expect(run.reached).toEqual(["alive"]);
  for (let pid = 2; pid <= 10_000; pid++) run.message(pid, 1);
  expect(run.reached).toEqual(["alive"]);
  expect(run.message(2, 1).reached).toEqual(["alive", "answers"]);
});
