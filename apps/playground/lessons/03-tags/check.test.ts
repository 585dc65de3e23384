import { expect, it } from "vitest";
import { scriptRun } from "../../src/lessons/check/testing/scriptedRun.ts";
import { goals } from "./check.ts";

const SOUP = 64n;
const ROAST = 65n;

it("who takes messages as they come, and waits for ever, reaches nothing", () => {
  const run = scriptRun(goals).spawnWithArgument(2, 1, "kitchen").message(2, 1, ROAST).message(2, 1, SOUP);
  expect(run.exit(1, "killed").reached).toEqual([]);
});

it("the soup is taken while the roast waits", () => {
  const run = scriptRun(goals).queued(2, 1, ROAST).queued(2, 1, SOUP).taken(2, 1, SOUP);
  expect(run.reached).toEqual(["soup-first"]);
  expect(run.taken(2, 1, ROAST).reached).toEqual(["soup-first", "roast-too"]);
});

it("a time-out counts when main ends in order after it", () => {
  const run = scriptRun(goals).timeout(1);
  expect(run.reached).toEqual([]);
  expect(run.exit(1).reached).toEqual(["time-out"]);
  expect(scriptRun(goals).timeout(1).exit(1, "trapped").reached).toEqual([]);
});
