import { MessageChannel } from "node:worker_threads";
import { expect, test } from "vitest";
import { type FramePort, PortChannel } from "./portChannel.ts";
import { deferred } from "./testing/deferred.ts";
import { numberedFrame, readNumberedFrame } from "./testing/seeded.ts";

/** As protocol/peerPort.ts, over Node's ports. */
function framePort(port: MessageChannel["port1"], chunks: number[] = []): FramePort {
  const frames: FramePort = {
    post: (chunk) => {
      chunks.push(chunk.length);
      port.postMessage(chunk, [chunk.buffer]);
    },
    onChunk: () => {},
    confirm: (bytes) => port.postMessage(bytes),
    onConfirmed: () => {},
    close: () => port.close(),
  };
  port.on("message", (message: Uint8Array<ArrayBuffer> | number) => {
    if (typeof message === "number") frames.onConfirmed(message);
    else frames.onChunk(message);
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
    left.post(numberedFrame(1, number, number * 1000));
    if (number % 30 === 0) await Promise.resolve();
  }
  await done.promise;
  expect(received).toEqual(Array.from({ length: 100 }, (_, number) => number));
  left.close();
  right.close();
});

test("frames posted in one turn travel in one message, and go out without a poll", async () => {
  const { port1, port2 } = new MessageChannel();
  const chunks: number[] = [];
  const left = new PortChannel(framePort(port1, chunks), () => {});
  for (let number = 0; number < 5; number++) left.post(Uint8Array.of(number));
  expect(chunks).toEqual([]);
  await Promise.resolve();
  expect(chunks).toEqual([25]);
  left.post(Uint8Array.of(6));
  left.poll();
  expect(chunks).toEqual([25, 5]);
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
  const chunks: number[] = [];
  const left = new PortChannel(framePort(port1, chunks), () => {});
  left.post(Uint8Array.of(1));
  left.close();
  left.post(Uint8Array.of(2));
  await Promise.resolve();
  expect(chunks).toEqual([5]);
  port2.close();
});

test("what a slow reader has not confirmed is not added to, and follows in order when it has", () => {
  const posted: Uint8Array<ArrayBuffer>[] = [];
  const port: FramePort = {
    post: (chunk) => posted.push(chunk),
    onChunk: () => {},
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
    port.onConfirmed(posted[confirmed]!.length);
    expect(posted.length).toBe(5 + confirmed);
  }
  expect(channel.hasBacklog).toBe(false);
  expect(posted.map((chunk) => readNumberedFrame(chunk.slice(4), 1))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  channel.close();
});
