import { MessageChannel } from "node:worker_threads";
import { expect, test } from "vitest";
import { type FramePort, PortChannel } from "./portChannel.ts";
import { deferred } from "./testing/deferred.ts";
import { numberedFrame, readNumberedFrame } from "./testing/seeded.ts";

/** As protocol/peerPort.ts, over Node's ports. */
function framePort(port: MessageChannel["port1"], batches: number[] = []): FramePort {
  const frames: FramePort = {
    post: (batch) => {
      batches.push(batch.length);
      port.postMessage(
        batch,
        batch.map((frame) => frame.buffer),
      );
    },
    onFrames: () => {},
    confirm: (bytes) => port.postMessage(bytes),
    onConfirmed: () => {},
    close: () => port.close(),
  };
  port.on("message", (message: Uint8Array<ArrayBuffer>[] | number) => {
    if (typeof message === "number") frames.onConfirmed(message);
    else frames.onFrames(message);
  });
  return frames;
}

test("frames arrive whole and in order, and the executor is told", async () => {
  const { port1, port2 } = new MessageChannel();
  const left = new PortChannel(framePort(port1), () => {});
  const done = deferred();
  const received: number[] = [];
  const right = new PortChannel(framePort(port2), () => {
    if (received.length === 100) done.resolve();
  });
  right.onFrame = (frame) => received.push(readNumberedFrame(frame, 1));
  for (let number = 0; number < 100; number++) {
    left.post(numberedFrame(1, number, number * 20));
    if (number % 30 === 0) await Promise.resolve();
  }
  await done.promise;
  expect(received).toEqual(Array.from({ length: 100 }, (_, number) => number));
  left.close();
  right.close();
});

test("frames posted in one turn travel in one message, and go out without a poll", async () => {
  const { port1, port2 } = new MessageChannel();
  const batches: number[] = [];
  const left = new PortChannel(framePort(port1, batches), () => {});
  for (let number = 0; number < 5; number++) left.post(Uint8Array.of(number));
  expect(batches).toEqual([]);
  await Promise.resolve();
  expect(batches).toEqual([5]);
  left.post(Uint8Array.of(6));
  left.poll();
  expect(batches).toEqual([5, 1]);
  left.close();
  port2.close();
});

test("a posted frame is free for reuse", async () => {
  const { port1, port2 } = new MessageChannel();
  const left = new PortChannel(framePort(port1), () => {});
  const received = deferred<Uint8Array>();
  const right = new PortChannel(framePort(port2), () => {});
  right.onFrame = received.resolve;
  const frame = Uint8Array.of(1, 2, 3);
  left.post(frame);
  frame.fill(0);
  expect(await received.promise).toEqual(Uint8Array.of(1, 2, 3));
  left.close();
  right.close();
});

test("close sends what was posted before, and nothing afterwards", async () => {
  const { port1, port2 } = new MessageChannel();
  const batches: number[] = [];
  const left = new PortChannel(framePort(port1, batches), () => {});
  left.post(Uint8Array.of(1));
  left.close();
  left.post(Uint8Array.of(2));
  await Promise.resolve();
  expect(batches).toEqual([1]);
  port2.close();
});

test("what a slow reader has not confirmed is not added to, and follows in order when it has", () => {
  const posted: Uint8Array<ArrayBuffer>[] = [];
  const port: FramePort = {
    post: (batch) => posted.push(...batch),
    onFrames: () => {},
    confirm: () => {},
    onConfirmed: () => {},
    close: () => {},
  };
  const channel = new PortChannel(port, () => {});
  for (let number = 0; number < 10; number++) {
    channel.post(numberedFrame(1, number, 300_000));
    channel.poll();
  }
  expect(channel.hasBacklog).toBe(true);
  expect(posted.length).toBe(4);
  for (let confirmed = 0; confirmed < 6; confirmed++) {
    port.onConfirmed(posted[confirmed]!.length + 64);
    expect(posted.length).toBe(5 + confirmed);
  }
  expect(channel.hasBacklog).toBe(false);
  expect(posted.map((frame) => readNumberedFrame(frame, 1))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  channel.close();
});
