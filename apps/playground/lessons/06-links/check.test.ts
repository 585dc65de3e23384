import { expect, it } from "vitest";
import { scriptRun } from "../../src/lessons/check/testing/scriptedRun.ts";
import { goals } from "./check.ts";

const failed = () => scriptRun(goals).spawn(2, 1, "divide").link(1, 2).exit(2, "trapped").linkEnded(1, 2);

it("who dies with the other one has not lived on", () => {
  expect(failed().exit(1, "linkDied", 2).reached).toEqual([]);
});

it("a process that is not linked, or that ends in order, is none of which one must be told", () => {
  expect(scriptRun(goals).spawn(2, 1, "divide").exit(2, "trapped").exit(1).reached).toEqual([]);
  const orderly = scriptRun(goals).spawn(2, 1, "divide").link(1, 2).exit(2).linkEnded(1, 2);
  expect(orderly.exit(1).reached).toEqual([]);
});

it("a process that was started before the failure is no second try", () => {
  const run = scriptRun(goals).spawn(3, 1, "divide").spawn(2, 1, "divide").link(1, 2);
  expect(run.exit(2, "trapped").linkEnded(1, 2).exit(3).reached).toEqual([]);
});

it("a second try that does its work, and a main that gets to its end, reach all", () => {
  const run = failed().spawn(3, 1, "divide").exit(3);
  expect(run.reached).toEqual(["again"]);
  expect(run.exit(1).reached).toEqual(["lives-on", "again"]);
});
