import { expect, it } from "vitest";
import { scriptRun } from "../../src/lessons/check/testing/scriptedRun.ts";
import { goals } from "./check.ts";

it("the argument is no message, and one that nobody takes does not count", () => {
  const run = scriptRun(goals).spawnWithArgument(2, 1, "greeter").message(1, 2).print(2, "hello, Ada");
  run.sent(1, 2).sent(1, 2).print(2, "…").print(2, "…");
  expect(run.reached).toEqual([]);
});

it("a process that takes three messages and says so greets all", () => {
  const run = scriptRun(goals).spawnWithArgument(2, 1, "greeter");
  for (const name of ["Ada", "Grace", "Linus"]) run.message(1, 2).print(2, `hello, ${name}`);
  expect(run.reached).toEqual(["greets-all"]);
});

it("two greeters have two mailboxes", () => {
  const run = scriptRun(goals).spawnWithArgument(2, 1, "greeter").spawnWithArgument(3, 1, "greeter");
  run.message(1, 2).print(2, "hello, Ada").message(1, 3).print(3, "bonjour, Marie");
  expect(run.reached).toEqual(["two-mailboxes"]);
});
