import { expect, it } from "vitest";
import { scriptRun } from "../../src/lessons/check/testing/scriptedRun.ts";
import { goals } from "./check.ts";

const asked = () => scriptRun(goals).spawnWithArgument(2, 1, "adder").message(1, 2);

it("a question without an answer, and an answer that nobody takes, are not enough", () => {
  expect(asked().reached).toEqual([]);
  expect(asked().sent(2, 1).queued(2, 1).reached).toEqual([]);
});

it("two answers to one question are one answer", () => {
  expect(asked().message(2, 1).message(2, 1).reached).toEqual(["answer"]);
});

it("two questions with their answers reach all", () => {
  expect(asked().message(2, 1).message(1, 2).message(2, 1).reached).toEqual(["answer", "again"]);
});
