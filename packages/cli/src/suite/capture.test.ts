import { EventKind } from "@lunatic-web/runtime/inspect";
import { expect, test } from "vitest";
import type { ObservedEvent } from "../session/protocol.ts";
import { Capture } from "./capture.ts";

function spawned(pid: number, sequence: number): ObservedEvent {
  return { kind: EventKind.Spawn, pid, sequence, timeMs: 0, executor: 0, other: 0, tag: "0", value: 0 };
}

test("the output of one process is told as it is", () => {
  const capture = new Capture();
  capture.observe([spawned(1, 0)]);
  capture.write({ pid: 1, text: "half a " });
  capture.write({ pid: 1, text: "line" });
  capture.note(1, "note: something\n");
  expect(capture.text()).toBe("half a line\nnote: something\n");
});

test("several processes are numbered in the order they were spawned, whichever executor tells first", () => {
  const capture = new Capture();
  capture.observe([spawned(1, 0), spawned(7, 9)]);
  capture.observe([spawned(4, 3)]);
  capture.write({ pid: 7, text: "seven\n" });
  capture.write({ pid: 1, text: "one" });
  expect(capture.text()).toBe(
    " --- process 0 stdout ---\none\n --- process 1 stdout ---\n --- process 2 stdout ---\nseven\n",
  );
});

test("nothing is told of processes that all were silent", () => {
  const capture = new Capture();
  capture.observe([spawned(1, 0), spawned(2, 1)]);
  expect(capture.text()).toBe("");
});
