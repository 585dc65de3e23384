import { describe, expect, test } from "vitest";
import { Doorbells } from "./doorbells.ts";
import { RingChannel } from "./ringChannel.ts";
import { createRings } from "./rings.ts";
import { deferred } from "./testing/deferred.ts";
import { numberedFrame, readNumberedFrame, seeded } from "./testing/seeded.ts";
import { runWorkers } from "./testing/workers.ts";

function pair(capacity: number) {
  const rings = createRings(2, capacity);
  const ends = [0, 1].map((own) => {
    const peer = 1 - own;
    const doorbells = new Doorbells(rings.bells, own);
    const channel = new RingChannel({
      outgoing: rings.ring(own, peer),
      incoming: rings.ring(peer, own),
      doorbells,
      peer,
    });
    return { channel, doorbells };
  });
  return { left: ends[0]!, right: ends[1]!, bells: new Int32Array(rings.bells) };
}

test("a posted frame is free for reuse, also when it has to wait", () => {
  const { left, right } = pair(16);
  const received: number[][] = [];
  right.channel.onFrame = (frame) => received.push([...frame]);
  const frame = new Uint8Array(8);
  for (let number = 0; number < 5; number++) {
    frame.fill(number);
    left.channel.post(frame);
  }
  for (let turn = 0; turn < 10; turn++) {
    right.channel.poll();
    left.channel.poll();
  }
  expect(received).toEqual([0, 1, 2, 3, 4].map((number) => new Array(8).fill(number)));
});

test("a full ring loses and reorders nothing, whatever both sides do when", () => {
  for (let seed = 1; seed <= 30; seed++) {
    const random = seeded(seed);
    const { left, right } = pair(2 ** (4 + random(6)));
    let received = 0;
    right.channel.onFrame = (frame) => {
      if (readNumberedFrame(frame, 1) !== received++) throw new Error(`seed ${seed}: out of order`);
    };
    let sent = 0;
    for (let step = 0; step < 2000; step++) {
      const choice = random(4);
      if (choice < 2) left.channel.post(numberedFrame(1, sent++, random(200)));
      else if (choice === 2) right.channel.poll();
      else left.channel.poll();
    }
    while (received < sent) {
      left.channel.poll();
      right.channel.poll();
    }
    expect(received, `seed ${seed}`).toBe(sent);
  }
});

test("poll says whether it handed something over", () => {
  const { left, right } = pair(64);
  expect(right.channel.poll()).toBe(false);
  left.channel.post(Uint8Array.of(1));
  expect(right.channel.poll()).toBe(true);
  expect(right.channel.poll()).toBe(false);
});

test("after close nothing is sent and nothing handed over", () => {
  const { left, right } = pair(64);
  right.channel.onFrame = () => expect.unreachable();
  left.channel.post(Uint8Array.of(1));
  right.channel.close();
  expect(right.channel.poll()).toBe(false);
  left.channel.close();
  left.channel.post(Uint8Array.of(2));
  expect(left.channel.poll()).toBe(false);
});

describe("doorbells", () => {
  test("a listening executor is called for a frame, and again for the next one", async () => {
    const { left, right } = pair(1024);
    const received: number[] = [];
    let arrived = deferred();
    right.channel.onFrame = (frame) => {
      received.push(frame[0]!);
      arrived.resolve();
    };
    right.doorbells.listen(() => void right.channel.poll());
    for (const number of [1, 2, 3]) {
      arrived = deferred();
      left.channel.post(Uint8Array.of(number));
      await arrived.promise;
    }
    right.doorbells.close();
    expect(received).toEqual([1, 2, 3]);
  });

  test("a frame posted before anybody listened is not missed", () => {
    const { left, right } = pair(1024);
    const received: number[] = [];
    right.channel.onFrame = (frame) => received.push(frame[0]!);
    left.channel.post(Uint8Array.of(1));
    right.doorbells.listen(() => void right.channel.poll());
    right.doorbells.close();
    expect(received).toEqual([1]);
  });

  test("a sender whose ring is full is woken when the reader has made room, without another post", async () => {
    const { left, right } = pair(16);
    const frame = numberedFrame(1, 1, 500);
    const received = deferred<Uint8Array>();
    right.channel.onFrame = received.resolve;
    left.doorbells.listen(() => void left.channel.poll());
    right.doorbells.listen(() => void right.channel.poll());
    left.channel.post(frame);
    expect(await received.promise).toEqual(frame);
    left.doorbells.close();
    right.doorbells.close();
  });
});

describe("real threads", () => {
  test.each([
    ["rings that hold everything", 65_536],
    ["rings that are always full", 256],
  ])(
    "three executors send to each other: %s; every pair's frames arrive once, whole and in order",
    async (_, capacity) => {
      const rings = createRings(3, capacity);
      const frames = 5000;
      const inputs = [0, 1, 2].map((own) => ({
        own,
        bells: rings.bells,
        frames,
        peers: [0, 1, 2]
          .filter((peer) => peer !== own)
          .map((peer) => ({ peer, outgoing: rings.ring(own, peer), incoming: rings.ring(peer, own) })),
      }));
      const results = await runWorkers<number[]>(
        new URL("./testing/channelWorker.ts", import.meta.url),
        inputs,
      );
      expect(results).toEqual([
        [frames, frames],
        [frames, frames],
        [frames, frames],
      ]);
    },
  );
});
