import { PassThrough, Writable } from "node:stream";
import { expect, test } from "vitest";
import { streamSink } from "./streamSink.ts";

const PIECE = new Uint8Array(1000);

test("a slow reader is waited for, however many pieces come", async () => {
  const taken: number[] = [];
  const stream = new Writable({
    highWaterMark: 1,
    write(chunk: Buffer, _, done) {
      taken.push(chunk.length);
      setImmediate(done);
    },
  });
  const sink = streamSink(stream);
  const listeners = () => ["drain", "close", "error"].map((name) => stream.listenerCount(name));
  const before = listeners();
  for (let piece = 1; piece <= 100; piece++) {
    await sink.writeBytes!(PIECE);
    // All before it have been taken, and this one too or it is under way.
    expect(taken.length).toBe(piece);
  }
  expect(listeners()).toEqual(before);
});

test("writers that wait at the same time all go on", async () => {
  const stream = new PassThrough({ highWaterMark: 1 });
  const sink = streamSink(stream);
  const writes = Promise.all([sink.write("a"), sink.write("b"), sink.write("c")]);
  stream.resume();
  await writes;
});

test("nobody waits for a reader that has gone", async () => {
  const stream = new Writable({ highWaterMark: 1, write: (_, __, done) => void done(new Error("EPIPE")) });
  const sink = streamSink(stream);
  await sink.write("first");
  await sink.write("second");
  expect(stream.destroyed).toBe(true);
});
