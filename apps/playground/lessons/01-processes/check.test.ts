import { expect, it } from "vitest";
import { scriptRun } from "../../src/lessons/check/testing/scriptedRun.ts";
import { goals } from "./check.ts";

it("a process that ends with the program did not get to the end", () => {
  const run = scriptRun(goals).spawn(2, 1, "count").exit(1).exit(2, "environmentEnded");
  expect(run.reached).toEqual([]);
});

it("three processes one after the other are not three at the same time", () => {
  const run = scriptRun(goals);
  for (const pid of [2, 3, 4]) run.spawn(pid, 1, "count").exit(pid);
  expect(run.reached).toEqual(["to-the-end"]);
});

it("three at the same time that get to their ends reach all", () => {
  const run = scriptRun(goals).spawn(2, 1, "count").spawn(3, 1, "count").spawn(4, 1, "count");
  expect(run.reached).toEqual(["three-at-once"]);
  expect(run.exit(2).reached).toEqual(["to-the-end", "three-at-once"]);
});
