import { expect, it } from "vitest";
import { RunQueue } from "./runQueue.ts";

it("gives items in the order they came, across growth", () => {
  const queue = new RunQueue<number>();
  for (let round = 0; round < 3; round++) {
    for (let item = 0; item < 1000; item++) queue.push(item);
    for (let item = 0; item < 1000; item++) expect(queue.shift()).toBe(item);
    expect(queue.shift()).toBeUndefined();
  }
});

it("lets items at the front pass those that wait, the newest first", () => {
  const queue = new RunQueue<string>();
  for (let index = 0; index < 100; index++) queue.push(`b${index}`);
  queue.pushFront("a1");
  queue.pushFront("a0");
  expect([queue.shift(), queue.shift(), queue.shift(), queue.length]).toEqual(["a0", "a1", "b0", 99]);
});

it("lets items be taken out of the middle without changing the order of the rest", () => {
  const queue = new RunQueue<number>();
  for (let item = 0; item < 200; item++) queue.push(item);
  const odd = queue.takeAll((item) => item % 2 === 1);
  expect(odd).toEqual(Array.from({ length: 100 }, (_, index) => 2 * index + 1));
  expect([...queue]).toEqual(Array.from({ length: 100 }, (_, index) => 2 * index));
});
