import { expect, test } from "vitest";
import { CausalSequence } from "./causalSequence.ts";

test("executors never give out the same number", () => {
  const numbers = [0, 1, 2].flatMap((own) => {
    const sequence = new CausalSequence(own, 3);
    return Array.from({ length: 10 }, () => sequence.next());
  });
  expect(new Set(numbers).size).toBe(30);
});

test("what follows from a message has a higher number than everything before it was sent", () => {
  const sender = new CausalSequence(2, 3);
  const receiver = new CausalSequence(0, 3);
  for (let events = 0; events < 50; events++) sender.next();
  const sent = sender.next();
  receiver.witness(sender.last);
  expect(receiver.next()).toBeGreaterThan(sent);
});

test("an old message does not set the clock back", () => {
  const receiver = new CausalSequence(1, 2);
  const numbers = Array.from({ length: 5 }, () => receiver.next());
  receiver.witness(2);
  expect(receiver.next()).toBeGreaterThan(numbers.at(-1)!);
});
