import { expect, it } from "vitest";
import { GoalTracker } from "./goalTracker.ts";
import { RunWatch, type WatchedRun } from "./watchedRun.ts";

it("a goal is told once, and stays reached when it would not be any more", () => {
  let isThere = false;
  let asked = 0;
  const isReached = (_run: WatchedRun) => {
    asked++;
    return isThere;
  };
  const tracker = new GoalTracker([{ id: "one", title: "One", hint: "Try.", isReached }]);
  const run = new RunWatch();
  expect(tracker.look(run)).toEqual([]);
  isThere = true;
  expect(tracker.look(run).map(({ id }) => id)).toEqual(["one"]);
  isThere = false;
  expect(tracker.look(run)).toEqual([]);
  expect(tracker.reached).toEqual(["one"]);
  expect(asked).toBe(2);
});
