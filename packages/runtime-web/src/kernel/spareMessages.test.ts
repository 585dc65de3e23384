import { expect, test } from "vitest";
import { NO_PID, type Pid } from "./ids.ts";
import type { DataMessage } from "./message.ts";
import { SPARE_MESSAGE_BYTES, SpareMessages } from "./spareMessages.ts";

function message(bytes: number): DataMessage {
  return {
    kind: "data",
    tag: 7n,
    buffer: new Uint8Array(bytes),
    length: 3,
    readPosition: 2,
    resources: [],
    from: 5 as Pid,
    isUntold: true,
  };
}

test("a dropped message is given out once, empty", () => {
  const spares = new SpareMessages();
  const dropped = message(SPARE_MESSAGE_BYTES);
  spares.give(dropped);
  expect(spares.take(9n)).toBe(dropped);
  expect(dropped).toMatchObject({ tag: 9n, length: 0, readPosition: 0, from: NO_PID, isUntold: false });
  expect(spares.take(9n)).toBeUndefined();
});

test("nothing, notices, and messages of other sizes or with resources are not kept", () => {
  const spares = new SpareMessages();
  spares.give(undefined);
  spares.give({ kind: "linkDied", tag: 1n, from: NO_PID });
  for (const bytes of [0, SPARE_MESSAGE_BYTES - 1, SPARE_MESSAGE_BYTES + 1]) spares.give(message(bytes));
  spares.give({ ...message(SPARE_MESSAGE_BYTES), resources: [undefined] });
  expect(spares.take(1n)).toBeUndefined();
});

test("a bounded number is kept", () => {
  const spares = new SpareMessages();
  for (let i = 0; i < 1_000; i++) spares.give(message(SPARE_MESSAGE_BYTES));
  let kept = 0;
  while (spares.take(0n) !== undefined) kept++;
  expect(kept).toBe(256);
});
