import { describe, expect, it } from "vitest";
import { EventKind } from "./events.ts";
import { unpackRecords } from "./packedRecords.ts";
import { LocalSequence, Recorder } from "./recorder.ts";

function createRecorder(capacity = 100, onFull?: () => void): Recorder {
  let now = 0;
  return new Recorder({
    executor: 3,
    environment: 7,
    sequence: new LocalSequence(),
    nowMs: () => ++now,
    capacity,
    onFull,
  });
}

describe("Recorder", () => {
  it("gives back exactly what was written, extreme values included", () => {
    const recorder = createRecorder();
    recorder.emit(EventKind.MessageSent, 2 ** 53 - 1, 5, -(2n ** 63n), 123.5, "é 🌙");
    recorder.emit(EventKind.Exit, 1, 0, 2n ** 63n - 1n, -1);
    expect(unpackRecords(recorder.take())).toEqual([
      {
        sequence: 1,
        timeMs: 1,
        executor: 3,
        environment: 7,
        kind: EventKind.MessageSent,
        pid: 2 ** 53 - 1,
        other: 5,
        tag: -(2n ** 63n),
        value: 123.5,
        text: "é 🌙",
      },
      {
        sequence: 2,
        timeMs: 2,
        executor: 3,
        environment: 7,
        kind: EventKind.Exit,
        pid: 1,
        other: 0,
        tag: 2n ** 63n - 1n,
        value: -1,
      },
    ]);
  });

  it("drops what finds no room and says how much, then goes on", () => {
    const recorder = createRecorder(2);
    for (let index = 0; index < 5; index++) recorder.emit(EventKind.Spawn, index, 0, 0n, 0);
    const batch = recorder.take();
    expect([unpackRecords(batch).length, batch.dropped]).toEqual([2, 3]);
    recorder.emit(EventKind.Spawn, 9, 0, 0n, 0);
    const next = recorder.take();
    expect([unpackRecords(next).map((event) => event.pid), next.dropped]).toEqual([[9], 0]);
  });

  it("keeps room for lives and deaths when messages flood it", () => {
    const recorder = createRecorder(100);
    for (let index = 0; index < 1000; index++) recorder.emit(EventKind.MessageSent, 1, 2, 0n, 8);
    recorder.emit(EventKind.Trap, 2, 0, 0n, 0, "unreachable");
    recorder.emit(EventKind.Exit, 2, 0, 0n, 3, "it trapped");
    const batch = recorder.take();
    expect(
      unpackRecords(batch)
        .slice(-2)
        .map((event) => event.text),
    ).toEqual(["unreachable", "it trapped"]);
    expect(batch.dropped).toBe(925);
  });

  it("bounds the texts it keeps, not only the records", () => {
    const recorder = createRecorder();
    const long = "x".repeat(300_000);
    for (let index = 0; index < 5; index++) recorder.emit(EventKind.Output, 1, 0, 0n, 1, long);
    const batch = recorder.take();
    expect(batch.texts.length).toBe(2);
    expect(batch.dropped).toBe(3);
  });

  it("drops nothing when what it holds is taken as soon as it is full, also by texts", () => {
    const taken: number[] = [];
    const take = (): void => {
      const batch = recorder.take();
      expect(batch.dropped).toBe(0);
      taken.push(...unpackRecords(batch).map((event) => event.value));
    };
    const recorder = createRecorder(4, take);
    for (let value = 0; value < 20; value++) recorder.emit(EventKind.MessageSent, 1, 2, 0n, value);
    for (let value = 20; value < 25; value++)
      recorder.emit(EventKind.Output, 1, 0, 0n, value, "x".repeat(500_000));
    take();
    expect(taken).toEqual(Array.from({ length: 25 }, (_, value) => value));
  });

  it("records only the kinds that are wanted", () => {
    const recorder = createRecorder();
    recorder.select([EventKind.Exit]);
    recorder.emit(EventKind.Spawn, 1, 0, 0n, 0);
    recorder.emit(EventKind.Exit, 1, 0, 0n, 1);
    expect(unpackRecords(recorder.take()).map((event) => event.kind)).toEqual([EventKind.Exit]);
  });
});
