import { expect, it } from "vitest";
import { scriptRun } from "../../src/lessons/check/testing/scriptedRun.ts";
import { goals } from "./check.ts";

const named = () => scriptRun(goals).spawn(2, 1, "log").name(2, "logger");

it("messages to a process without a name do not count", () => {
  const run = scriptRun(goals).spawn(2, 1, "log").spawn(3, 1, "work").message(3, 2);
  expect(run.reached).toEqual([]);
});

it("who started it needs no name to write to it", () => {
  expect(named().message(1, 2).reached).toEqual(["name"]);
});

it("one that writes twice is not two", () => {
  expect(named().spawn(3, 1, "work").message(3, 2).message(3, 2).reached).toEqual(["name", "found"]);
});

it("two that write reach all", () => {
  const run = named().spawn(3, 1, "work").spawn(4, 1, "work").message(3, 2).message(4, 2);
  expect(run.reached).toEqual(["name", "found", "two"]);
});
