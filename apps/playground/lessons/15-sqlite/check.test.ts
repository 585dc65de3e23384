import { expect, it } from "vitest";
import { type ScriptedRun, scriptRun } from "../../src/lessons/check/testing/scriptedRun.ts";
import { goals } from "./check.ts";

/** A run in which the first payment fails and others get to their end. */
function pay(succeeding: number): ScriptedRun {
  const run = scriptRun(goals).spawn(2, 1, "pay").exit(2, "trapped");
  for (let pid = 3; pid < 3 + succeeding; pid++) run.spawn(pid, 1, "pay").exit(pid);
  return run;
}

it("what a database holds while main is at work does not count", () => {
  const run = pay(5).found("bank.db", [
    ["Ada", 50],
    ["Grace", 150],
    ["O'Hara", 100],
  ]);
  expect(run.reached).toEqual([]);
  expect(run.exit(1).reached).toEqual(["bound", "rolled-back", "together"]);
});

it("a payment of which one half is left is not undone", () => {
  const run = pay(0).found("bank.db", [
    ["Ada", 90],
    ["Grace", 100],
  ]);
  expect(run.exit(1).reached).toEqual([]);
});

it("a payment that was not tried is not undone either", () => {
  const run = scriptRun(goals).found("bank.db", [
    ["Ada", 100],
    ["Grace", 100],
  ]);
  expect(run.exit(1).reached).toEqual([]);
});

it("five that pay are too few if one payment is lost", () => {
  const run = pay(5).found("bank.db", [
    ["Ada", 60],
    ["Grace", 140],
  ]);
  expect(run.exit(1).reached).toEqual(["rolled-back"]);
});

it("four are too few", () => {
  const run = pay(4).found("bank.db", [
    ["Ada", 60],
    ["Grace", 140],
  ]);
  expect(run.exit(1).reached).toEqual(["rolled-back"]);
});

it("a main that fails has left nothing that counts", () => {
  const run = pay(5).found("bank.db", [
    ["Ada", 50n],
    ["Grace", 150n],
  ]);
  expect(run.exit(1, "trapped").reached).toEqual([]);
});
