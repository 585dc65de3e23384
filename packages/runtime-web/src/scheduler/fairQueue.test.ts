import { expect, test } from "vitest";
import { FairQueue } from "./fairQueue.ts";

/** Items are named by party and number: "a1". */
function queueOf(...items: string[]): FairQueue<string> {
  const queue = new FairQueue<string>((item) => item[0]);
  for (const item of items) queue.push(item);
  return queue;
}

function drain(queue: FairQueue<string>): string[] {
  const taken: string[] = [];
  for (let item = queue.shift(); item !== undefined; item = queue.shift()) taken.push(item);
  return taken;
}

test("the items of one party come out as they went in", () => {
  const items = Array.from({ length: 200 }, (_, number) => `a${number}`);
  expect(drain(queueOf(...items))).toEqual(items);
});

test("parties take turns, however much one of them has", () => {
  expect(drain(queueOf("a1", "a2", "a3", "a4", "b1", "c1", "b2"))).toEqual([
    "a1",
    "b1",
    "c1",
    "a2",
    "b2",
    "a3",
    "a4",
  ]);
});

test("who comes back after his turn waits for one turn of each other", () => {
  const queue = queueOf("a1", "a2", "a3", "b1");
  expect(queue.shift()).toBe("a1");
  expect(queue.shift()).toBe("b1");
  queue.push("b2");
  expect(drain(queue)).toEqual(["a2", "b2", "a3"]);
});

test("what is put in front comes before everything, the last one first", () => {
  const queue = queueOf("a1", "b1");
  queue.pushFront("b9");
  queue.pushFront("a9");
  expect(queue.length).toBe(4);
  expect(drain(queue)).toEqual(["a9", "b9", "a1", "b1"]);
});

test("a look at what waits shows it in the order it is taken", () => {
  const queue = queueOf("a1", "a2", "b1", "c1", "c2", "c3");
  queue.pushFront("b0");
  expect([...queue]).toEqual(drain(queue));
});

test("some items can be taken out, and the others keep their order", () => {
  const queue = queueOf("a1", "a2", "b1", "a3");
  expect(queue.takeAll((item) => item === "a2" || item === "b1")).toEqual(["b1", "a2"]);
  expect(queue.length).toBe(2);
  expect(drain(queue)).toEqual(["a1", "a3"]);
});
