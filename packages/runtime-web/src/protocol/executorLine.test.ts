import { describe, expect, test } from "vitest";
import { ExecutorLine } from "./executorLine.ts";
import type { ExecutorToHub, HubToExecutor } from "./hubExecutor.ts";

const kill = (request: number): HubToExecutor => ({ type: "kill", request, environment: 1, pid: 2 });
const close = (environment: number): HubToExecutor => ({ type: "close", environment });
const module = (id: number): HubToExecutor => ({
  type: "module",
  module: { id, name: `module ${id}`, code: new Uint8Array(0), info: {} as never },
});

/** The hub's end of a port; what is posted on it is kept. */
class FakePort {
  close(): void {}
  readonly posted: HubToExecutor[] = [];
  onmessage: ((event: { data: ExecutorToHub }) => void) | undefined;
  postMessage(message: HubToExecutor): void {
    this.posted.push(message);
  }
  answer(data: ExecutorToHub): void {
    this.onmessage?.({ data });
  }
}

function openLine() {
  const port = new FakePort();
  const received: ExecutorToHub[] = [];
  const line = new ExecutorLine(port as unknown as MessagePort, (message) => received.push(message));
  return { port, received, line };
}

describe("plain messages", () => {
  test("go out at once", () => {
    const { port, line } = openLine();
    line.post(kill(1));
    line.post(close(1));
    expect(port.posted).toEqual([kill(1), close(1)]);
  });

  test("wait for the receipt of a message with shared objects, and keep their order", () => {
    const { port, line } = openLine();
    for (const message of [module(1), kill(1), module(2), close(1)]) line.post(message);
    expect(port.posted).toEqual([module(1)]);
    port.answer({ type: "received" });
    expect(port.posted).toEqual([module(1), kill(1), module(2)]);
    port.answer({ type: "received" });
    expect(port.posted).toEqual([module(1), kill(1), module(2), close(1)]);
  });
});

test("a message that could not be read is sent again until it can be", () => {
  const { port, line } = openLine();
  line.post(module(1));
  line.post(kill(1));
  port.answer({ type: "unreadable" });
  port.answer({ type: "unreadable" });
  port.answer({ type: "received" });
  expect(port.posted).toEqual([module(1), module(1), module(1), kill(1)]);
});

test("receipts are for the line, everything else for the hub", () => {
  const { port, received, line } = openLine();
  line.post(module(1));
  port.answer({ type: "rootEnded", environment: 1, cause: { type: "returned" } });
  port.answer({ type: "received" });
  expect(received).toEqual([{ type: "rootEnded", environment: 1, cause: { type: "returned" } }]);
});

test("who posts shared objects is told when they are there, or when there is nobody left to have them", () => {
  const { port, line } = openLine();
  const there: number[] = [];
  for (const id of [1, 2, 3]) line.post(module(id), () => there.push(id));
  expect(there).toEqual([]);
  port.answer({ type: "received" });
  expect(there).toEqual([1]);
  line.close();
  expect(there).toEqual([1, 2, 3]);
});
