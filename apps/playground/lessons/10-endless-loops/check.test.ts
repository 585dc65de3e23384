import { expect, it } from "vitest";
import { type ScriptedRun, scriptRun } from "../../src/lessons/check/testing/scriptedRun.ts";
import { goals } from "./check.ts";

function spin(run: ScriptedRun, pid: number): ScriptedRun {
  return run.spawn(pid, 1, "spin").compute(pid, 50_000_000);
}

function talk(run: ScriptedRun, pid: number): ScriptedRun {
  run.spawn(pid, 1, "talk");
  for (let line = 1; line <= 10; line++) run.print(pid, `Ada: ${line}`).sleep(pid);
  return run;
}

it("one endless loop beside one that talks is only the beginning", () => {
  expect(talk(spin(scriptRun(goals), 2), 3).reached).toEqual([]);
});

it("processes that wait are not busy, and killing them is no art", () => {
  const run = scriptRun(goals);
  for (const pid of [2, 3, 4, 5])
    run.spawn(pid, 1, "sleeper").compute(pid, 5_000).sleep(pid).exit(pid, "killed", 1);
  expect(run.reached).toEqual([]);
});

it("what the end of the program ends was not killed by main", () => {
  expect(spin(scriptRun(goals), 2).exit(2, "environmentEnded").reached).toEqual([]);
  expect(spin(scriptRun(goals), 2).exit(2, "killed", 0).reached).toEqual([]);
});

it("four loops, one that talks on, and a kill reach all", () => {
  const run = scriptRun(goals);
  for (const pid of [2, 3, 4, 5]) spin(run, pid);
  expect(run.reached).toEqual(["four-loops"]);
  expect(talk(run, 6).reached).toEqual(["four-loops", "talks-on"]);
  expect(run.exit(2, "killed", 1).reached).toEqual(["four-loops", "talks-on", "killed"]);
});
