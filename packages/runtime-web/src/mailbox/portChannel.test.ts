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
    close: () => port.close(),
  };
  port.on("message", (batch: Uint8Array<ArrayBuffer>[]) => frames.onFrames(batch));
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
