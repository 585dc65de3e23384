import { beforeEach, expect, test } from "vitest";
import { LoadNews } from "./loadNews.ts";

let nowMs: number;
let told: number[];
let news: LoadNews;
beforeEach(() => {
  nowMs = 0;
  told = [];
  news = new LoadNews(
    () => nowMs,
    (runnable) => told.push(runnable),
  );
});

test("what has not changed is not told", () => {
  news.publish(0);
  news.publish(3);
  nowMs = 100;
  news.publish(3);
  expect(told).toEqual([3]);
});

test("a busy executor tells at most once a turn, one that has nothing left to do at once", () => {
  for (let turn = 1; turn < 40; turn++) {
    nowMs += 1;
    news.publish(turn);
  }
  expect(told).toEqual([1, 9, 17, 25, 33]);
  news.publish(0);
  expect(told.at(-1)).toBe(0);
});

test("who gave work is told of the end of it, however short it was", () => {
  news.awaited();
  news.publish(0);
  news.publish(0);
  expect(told).toEqual([0]);
});
