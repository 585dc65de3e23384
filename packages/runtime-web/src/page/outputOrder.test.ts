import { expect, test } from "vitest";
import type { OutputChunk } from "../protocol/hubExecutor.ts";
import { OutputOrder } from "./outputOrder.ts";

const chunk = (sequence: number): OutputChunk => ({
  pid: 1,
  stream: 1,
  text: `${sequence}`,
  sequence,
  timeMs: 0,
});

function createOrder(executors: number) {
  const shown: string[] = [];
  const asked: string[] = [];
  const order = new OutputOrder(
    executors,
    (executor, round) => asked.push(`${executor} in round ${round}`),
    ({ text }) => shown.push(text),
  );
  return { order, shown, asked };
}

test("one executor is asked nothing and shown at once", () => {
  const { order, shown, asked } = createOrder(1);
  order.receive(0, [chunk(1), chunk(2)], undefined);
  order.receive(0, [chunk(3)], undefined);
  expect(shown).toEqual(["1", "2", "3"]);
  expect(asked).toEqual([]);
});

test("a line waits for what another executor wrote before it", () => {
  const { order, shown, asked } = createOrder(2);
  order.receive(0, [chunk(9)], undefined);
  expect(asked).toEqual(["1 in round 1"]);
  expect(shown).toEqual([]);
  order.receive(1, [chunk(5)], 1);
  expect(shown).toEqual(["5", "9"]);
});

test("what was sent before the question is no answer to it", () => {
  const { order, shown } = createOrder(2);
  order.receive(0, [chunk(9)], undefined);
  order.receive(1, [chunk(4)], undefined);
  expect(shown).toEqual([]);
  order.receive(1, [chunk(5)], 1);
  expect(shown).toEqual(["4", "5", "9"]);
});

test("newer lines that come meanwhile are the business of the next round", () => {
  const { order, shown, asked } = createOrder(3);
  order.receive(0, [chunk(2)], undefined);
  order.receive(1, [chunk(8)], 1);
  order.receive(2, [], 1);
  expect(shown).toEqual(["2"]);
  expect(asked.slice(2)).toEqual(["0 in round 2", "1 in round 2"]);
  order.receive(1, [], 2);
  order.receive(0, [chunk(7)], 2);
  expect(shown).toEqual(["2", "7", "8"]);
});

test("an executor that is gone keeps nobody waiting", () => {
  const { order, shown } = createOrder(2);
  order.receive(0, [chunk(1)], undefined);
  order.executorGone(1);
  expect(shown).toEqual(["1"]);
  order.receive(0, [chunk(2)], undefined);
  expect(shown).toEqual(["1", "2"]);
});
