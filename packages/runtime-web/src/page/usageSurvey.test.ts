import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ExecutorCounts, UsageQuestion } from "../protocol/usage.ts";
import { UsageSurvey } from "./usageSurvey.ts";

const COUNTS: ExecutorCounts = {
  environments: 1,
  processes: 2,
  timers: 3,
  messageBytes: 4,
  resourceBytes: 0,
  memoryBytes: 5,
  usedBytes: 6,
  uncleanedBytes: 7,
  stacks: 8,
  destroyedStacks: 9,
};

let asked: [executor: number, question: UsageQuestion][];
let survey: UsageSurvey;

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  survey = new UsageSurvey(2, (executor, question) => asked.push([executor, question]));
});

afterEach(() => {
  vi.useRealTimers();
});

const answer = (executor: number, request: number): void =>
  survey.receive(executor, { type: "usage", request, counts: COUNTS });

test("every executor is asked, and the answers come together", async () => {
  const usages = survey.ask(1_000);
  expect(asked.map(([executor]) => executor)).toEqual([0, 1]);
  answer(1, 1);
  answer(0, 1);
  expect(await usages).toEqual([
    { executor: 0, state: "alive", counts: COUNTS },
    { executor: 1, state: "alive", counts: COUNTS },
  ]);
});

test("one that does not answer in the time given is called silent, and its late answer does no harm", async () => {
  const usages = survey.ask(1_000);
  answer(0, 1);
  vi.advanceTimersByTime(1_000);
  expect(await usages).toEqual([
    { executor: 0, state: "alive", counts: COUNTS },
    { executor: 1, state: "silent" },
  ]);
  answer(1, 1);
  const later = survey.ask(1_000);
  answer(0, 2);
  answer(1, 2);
  expect((await later).map(({ state }) => state)).toEqual(["alive", "alive"]);
});

test("one that is lost is not waited for, before and after", async () => {
  const usages = survey.ask(1_000);
  answer(0, 1);
  survey.executorLost(1);
  expect((await usages).map(({ state }) => state)).toEqual(["alive", "lost"]);
  asked = [];
  const later = survey.ask(1_000);
  answer(0, 2);
  expect((await later).map(({ state }) => state)).toEqual(["alive", "lost"]);
  expect(asked.map(([executor]) => executor)).toEqual([0]);
});

test("when all are lost there is nobody to wait for", async () => {
  survey.executorLost(0);
  survey.executorLost(1);
  expect((await survey.ask(1_000)).map(({ state }) => state)).toEqual(["lost", "lost"]);
});
