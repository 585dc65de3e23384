import { expect, it } from "vitest";
import { scriptRun } from "../../src/lessons/check/testing/scriptedRun.ts";
import { goals } from "./check.ts";

const RUST = 7;
const begin = () => scriptRun(goals).spawn(2, 0, "main", RUST).spawn(3, 2, "Counter", RUST).message(3, 2);

it("adding is no question, and Rust that talks to Rust does not count", () => {
  expect(begin().message(1, 3, 9n).message(2, 3, 9n).message(3, 2, 130n).reached).toEqual([]);
});

it("an answer of a process in TypeScript is not one of Rust", () => {
  expect(begin().spawn(4, 1, "work").message(1, 4, 9n).message(4, 1, 130n).reached).toEqual([]);
});

it("a counter that is shut down without a question has answered none", () => {
  expect(begin().message(1, 3, 9n).message(3, 1, 131n, 0).reached).toEqual(["shutdown"]);
});

it("a question and the end reach all", () => {
  const run = begin().message(1, 3, 9n).message(3, 1, 130n, 8).message(1, 3, 10n).message(3, 1, 131n, 0);
  expect(run.reached).toEqual(["answer", "shutdown"]);
});
