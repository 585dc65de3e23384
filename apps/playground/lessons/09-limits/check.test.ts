import { expect, it } from "vitest";
import { type ScriptedRun, scriptRun } from "../../src/lessons/check/testing/scriptedRun.ts";
import { goals } from "./check.ts";

const begin = () => scriptRun(goals).spawn(2, 1, "hoard").link(1, 2).spawn(3, 1, "breed").link(1, 3);
/** Its failure is a message to main, which takes it. */
const fail = (run: ScriptedRun, pid: number, notice: string) =>
  run.notice(pid, notice).exit(pid, "trapped").linkEnded(1, pid).queued(pid, 1).taken(pid, 1);

it("who gets what he wants and ends in order meets no limit", () => {
  expect(begin().exit(2).linkEnded(1, 2).exit(3).linkEnded(1, 3).exit(1).reached).toEqual([]);
});

it("who is denied memory and lives on has not failed, nor has who fails for another reason met a limit", () => {
  expect(begin().notice(2, "Process 2 was denied memory.grow").exit(2).reached).toEqual([]);
  expect(begin().exit(2, "trapped").reached).toEqual([]);
});

it("both limits and a main that hears of them reach all", () => {
  const run = fail(begin(), 2, "Process 2 was denied memory.grow from 12 by 12 pages");
  expect(run.reached).toEqual(["memory"]);
  expect(fail(run, 3, "Process 3 was denied a spawn, which trapped").reached).toEqual(["memory", "spawn"]);
  expect(run.exit(1).reached).toEqual(["memory", "spawn", "main-lives"]);
});
