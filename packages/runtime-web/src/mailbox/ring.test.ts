import { expect, test } from "vitest";
import { createRing, NO_ROOM, RingReader, RingWriter } from "./ring.ts";
import { numberedFrame, readNumberedFrame, seeded } from "./testing/seeded.ts";

function readAll(reader: RingReader): Uint8Array[] {
  const frames: Uint8Array[] = [];
  const end = reader.mark();
  for (let frame = reader.read(end); frame; frame = reader.read(end)) frames.push(frame);
  return frames;
}

test("frames come out whole and in order, empty ones too", () => {
  const ring = createRing(64);
  const writer = new RingWriter(ring);
  for (const frame of [[1, 2, 3], [], [4]])
    expect(writer.write(Uint8Array.from(frame), 0)).toBe(frame.length);
  expect(readAll(new RingReader(ring)).map((frame) => [...frame])).toEqual([[1, 2, 3], [], [4]]);
});

test("what is written after the mark is left for the next time", () => {
  const ring = createRing(64);
  const writer = new RingWriter(ring);
  const reader = new RingReader(ring);
  writer.write(Uint8Array.of(1), 0);
  const end = reader.mark();
  writer.write(Uint8Array.of(2), 0);
  expect(reader.read(end)).toEqual(Uint8Array.of(1));
  expect(reader.read(end)).toBeUndefined();
  expect(readAll(reader)).toEqual([Uint8Array.of(2)]);
});

test("a full ring takes nothing and keeps what it has", () => {
  const ring = createRing(16);
  const writer = new RingWriter(ring);
  expect(writer.write(new Uint8Array(12).fill(9), 0)).toBe(12);
  expect(writer.write(Uint8Array.of(1), 0)).toBe(NO_ROOM);
  expect(writer.write(new Uint8Array(0), 0)).toBe(NO_ROOM);
  expect(readAll(new RingReader(ring))).toEqual([new Uint8Array(12).fill(9)]);
});

test("a frame longer than the ring passes in pieces", () => {
  const ring = createRing(16);
  const writer = new RingWriter(ring);
  const reader = new RingReader(ring);
  const frame = numberedFrame(1, 1, 1000);
  const received: Uint8Array[] = [];
  for (let at = 0; at < frame.length; received.push(...readAll(reader))) {
    const next = writer.write(frame, at);
    expect(next).not.toBe(NO_ROOM);
    at = next;
  }
  expect(received).toEqual([frame]);
});

test("any frames pass any ring undamaged, over its end and over the wrap of its positions", () => {
  for (let seed = 1; seed <= 40; seed++) {
    const random = seeded(seed);
    const capacity = 2 ** (4 + random(8));
    const ring = createRing(capacity);
    // Positions start just before 2^32, where they wrap.
    const start = -(random(capacity) & ~3) - 4 * capacity;
    const words = new Int32Array(ring);
    words[16] = start;
    words[32] = start;
    const writer = new RingWriter(ring);
    const reader = new RingReader(ring);
    let sent = 0;
    let received = 0;
    let pending: { frame: Uint8Array; at: number } | undefined;
    while (received < 500) {
      if (random(2) === 0) {
        pending ??= { frame: numberedFrame(seed, sent++, random(2 * capacity)), at: 0 };
        const next = writer.write(pending.frame, pending.at);
        if (next === pending.frame.length) pending = undefined;
        else if (next !== NO_ROOM) pending.at = next;
      } else {
        for (const frame of readAll(reader)) {
          if (readNumberedFrame(frame, seed) !== received)
            throw new Error(`seed ${seed}: frame ${received} missing`);
          received++;
        }
      }
    }
    expect(received, `seed ${seed}`).toBeGreaterThanOrEqual(500);
  }
});

test("nothing outside its positions and its bytes is touched", () => {
  const ring = createRing(64);
  const words = new Int32Array(ring);
  const canaries = [
    ...Array.from({ length: 48 }, (_, word) => word).filter((word) => ![0, 1, 16, 17, 32].includes(word)),
  ];
  for (const word of canaries) words[word] = 0x5eed;
  const writer = new RingWriter(ring);
  const reader = new RingReader(ring);
  for (let round = 0; round < 200; round++) {
    writer.write(numberedFrame(1, round, round % 50), 0);
    writer.announceFull();
    readAll(reader);
    reader.takeFull();
  }
  expect(canaries.filter((word) => words[word] !== 0x5eed)).toEqual([]);
  expect([words[0], words[1]]).toEqual([1, 64]);
});

test("the writer's announcement is seen once", () => {
  const ring = createRing(16);
  const reader = new RingReader(ring);
  expect(reader.takeFull()).toBe(false);
  new RingWriter(ring).announceFull();
  expect([reader.takeFull(), reader.takeFull()]).toEqual([true, false]);
});

test("memory that is no ring of this version is refused", () => {
  const ring = createRing(16);
  new Int32Array(ring)[0] = 2;
  expect(() => new RingReader(ring)).toThrow(/layout 2/);
  expect(() => new RingWriter(new SharedArrayBuffer(256))).toThrow(/expected layout 1/);
  expect(() => createRing(100)).toThrow(RangeError);
});

test("a reader that lends gives the same frames, each valid until the next, whatever their size and place", () => {
  for (let seed = 1; seed <= 20; seed++) {
    const random = seeded(seed);
    const ring = createRing(2 ** (6 + random(9)));
    const writer = new RingWriter(ring);
    const reader = new RingReader(ring, true);
    let sent = 0;
    let received = 0;
    while (received < 500) {
      const frame = numberedFrame(1, sent, random(random(4) === 0 ? 9000 : 120));
      for (let start = 0; start < frame.length; ) {
        const end = writer.write(frame, start);
        if (end !== NO_ROOM) start = end;
        const mark = reader.mark();
        for (let given = reader.read(mark); given; given = reader.read(mark)) {
          if (readNumberedFrame(given, 1) !== received++) throw new Error(`seed ${seed}: out of order`);
        }
      }
      sent++;
    }
    expect(received, `seed ${seed}`).toBe(sent);
  }
});
