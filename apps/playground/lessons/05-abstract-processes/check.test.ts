import { expect, it } from "vitest";
import { type ScriptedRun, scriptRun } from "../../src/lessons/check/testing/scriptedRun.ts";
import { goals } from "./check.ts";

/** As Counter.start() does it: the new process says when it is ready. */
const start = (run: ScriptedRun, pid: number) =>
  run.spawnWithArgument(pid, 1, "Counter").message(pid, 1, 129n);
const ask = (run: ScriptedRun, pid: number) => run.message(1, pid, 9n).message(pid, 1, 130n);

it("a counter that starts and adds was not asked", () => {
  expect(start(scriptRun(goals), 2).message(1, 2, 9n).message(1, 2, 9n).reached).toEqual([]);
});

it("a counter that is shut down has told no total", () => {
  expect(start(scriptRun(goals), 2).message(1, 2, 9n).message(2, 1, 131n, 0).reached).toEqual([]);
});

it("one counter that is asked twice is one", () => {
  expect(ask(ask(start(scriptRun(goals), 2), 2), 2).reached).toEqual(["asked"]);
});

it("two counters that answer reach all", () => {
  const run = ask(start(ask(start(scriptRun(goals), 2), 2), 3), 3);
  expect(run.reached).toEqual(["asked", "two"]);
});
