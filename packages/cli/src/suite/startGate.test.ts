import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { StartGate } from "./startGate.ts";

const YOUTH_MS = 200;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Starts tests at a gate; `entered` tells which are in. */
function queueAt(gate: StartGate, names: readonly string[]) {
  const entered: string[] = [];
  const leave = new Map<string, () => void>();
  for (const name of names) {
    void gate.enter().then((leaveGate) => {
      entered.push(name);
      leave.set(name, leaveGate);
    });
  }
  return { entered, leave };
}

test("as many enter as there are places, in their order; who ends makes room for one", async () => {
  const { entered, leave } = queueAt(new StartGate(2, YOUTH_MS), ["a", "b", "c", "d"]);
  await vi.advanceTimersByTimeAsync(0);
  expect(entered).toEqual(["a", "b"]);
  leave.get("b")!();
  leave.get("b")!();
  await vi.advanceTimersByTimeAsync(0);
  expect(entered).toEqual(["a", "b", "c"]);
});

test("who has been in for long makes room without an end, once", async () => {
  const { entered, leave } = queueAt(new StartGate(1, YOUTH_MS), ["a", "b", "c"]);
  await vi.advanceTimersByTimeAsync(YOUTH_MS - 1);
  expect(entered).toEqual(["a"]);
  await vi.advanceTimersByTimeAsync(1);
  expect(entered).toEqual(["a", "b"]);
  leave.get("a")!();
  await vi.advanceTimersByTimeAsync(0);
  expect(entered).toEqual(["a", "b"]);
});

test("a place that nobody waits for is kept for the next", async () => {
  const gate = new StartGate(1, YOUTH_MS);
  (await gate.enter())();
  const { entered } = queueAt(gate, ["a"]);
  await vi.advanceTimersByTimeAsync(0);
  expect(entered).toEqual(["a"]);
});
