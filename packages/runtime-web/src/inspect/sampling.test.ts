import { describe, expect, it } from "vitest";
import { EventKind } from "./events.ts";
import type { InspectionEvent } from "./inspectionEvent.ts";
import { unpackRecords } from "./packedRecords.ts";
import { LocalSequence, Recorder } from "./recorder.ts";

const clock = { ms: 0 };

function createRecorder(): Recorder {
  clock.ms = 0;
  const recorder = new Recorder({
    executor: 0,
    environment: 1,
    sequence: new LocalSequence(),
    nowMs: () => clock.ms,
    capacity: 100_000,
  });
  recorder.detail = "sampled";
  return recorder;
}

/** One message from its sender's send to its receiver's next wait, as a kernel tells of it. */
function message(recorder: Recorder, from: number, to: number): void {
  const isTold = recorder.messageSent(from, to, 5n, 8);
  if (isTold) recorder.emit(EventKind.MessageQueued, to, from, 5n, 1);
  recorder.emit(EventKind.Wake, to, 0, 0n, 0);
  if (isTold) recorder.emit(EventKind.MessageTaken, to, from, 5n, 0);
  recorder.emit(EventKind.Park, to, 0, 0n, 1);
}

function flush(recorder: Recorder, isLast = false): InspectionEvent[] {
  recorder.nextSample(isLast);
  const batch = recorder.take();
  expect(batch.dropped).toBe(0);
  return unpackRecords(batch);
}

function count(events: readonly InspectionEvent[], kind: EventKind): number {
  return events.filter((event) => event.kind === kind).length;
}

/** Told one by one and left out, per sender. */
function messagesOf(events: readonly InspectionEvent[], from: number): number {
  return events.reduce((sum, { kind, pid, value }) => {
    if (pid !== from) return sum;
    if (kind === EventKind.MessageSent) return sum + 1;
    return kind === EventKind.MoreMessages ? sum + value : sum;
  }, 0);
}

describe("a sample of what is observed", () => {
  it("is all of it for a small program: 550 messages, each with its way and the waits it ends", () => {
    const recorder = createRecorder();
    for (let i = 0; i < 550; i++) message(recorder, 1, 2);
    const events = flush(recorder);
    expect(events.length).toBe(5 * 550);
    expect(recorder.hasLeftOutWaits).toBe(false);
  });

  it("is all of it at 500 messages a second, for however long", () => {
    const recorder = createRecorder();
    for (let second = 0; second < 20; second++) {
      for (let part = 0; part < 25; part++) {
        clock.ms += 40;
        for (let i = 0; i < 20; i++) message(recorder, 1, 2);
        expect(count(flush(recorder), EventKind.MessageSent)).toBe(20);
      }
    }
    expect(recorder.hasLeftOutWaits).toBe(false);
  });

  it("of a flood is a part, and says for each pair exactly how many messages were left out", () => {
    const recorder = createRecorder();
    const events: InspectionEvent[] = [];
    for (let part = 0; part < 30; part++) {
      clock.ms += 33;
      for (let i = 0; i < 10_000; i++) message(recorder, 1 + (i % 3), 9);
      events.push(...flush(recorder));
    }
    events.push(...flush(recorder, true));
    expect(events.length).toBeLessThan(7_000 + 30 * 500);
    expect(count(events, EventKind.MessageSent)).toBeGreaterThan(2_300);
    expect([1, 2, 3].map((from) => messagesOf(events, from))).toEqual([100_020, 99_990, 99_990]);
  });

  it("has every message of the first 1,400, when their ways and waits are no longer told", () => {
    const recorder = createRecorder();
    for (let i = 0; i < 1_400; i++) message(recorder, 1, 2);
    const events = flush(recorder);
    expect(count(events, EventKind.MessageSent)).toBe(1_400);
    expect(count(events, EventKind.MoreMessages)).toBe(0);
    expect(count(events, EventKind.Park)).toBeLessThan(700);
  });

  it("tells of the arrival of a message if it tells of its taking, and the other way round", () => {
    const recorder = createRecorder();
    for (let i = 0; i < 20_000; i++) message(recorder, 1, 2);
    const events = flush(recorder);
    expect(count(events, EventKind.MessageQueued)).toBeGreaterThan(500);
    expect(count(events, EventKind.MessageTaken)).toBe(count(events, EventKind.MessageQueued));
  });

  it("says how many messages were left out before it tells that their sender has ended", () => {
    const recorder = createRecorder();
    for (let i = 0; i < 20_000; i++) message(recorder, 1, 2);
    recorder.emit(EventKind.Exit, 1, 0, 0n, 0);
    const events = flush(recorder, true);
    expect(events.at(-1)?.kind).toBe(EventKind.Exit);
    expect(messagesOf(events, 1)).toBe(20_000);
  });

  it("makes no more of a crowd of processes that send a message and end, than of their ends", () => {
    const recorder = createRecorder();
    for (let i = 0; i < 2_000; i++) message(recorder, 1, 2);
    flush(recorder);
    for (let pid = 3; pid < 5_003; pid++) {
      message(recorder, pid, 2);
      recorder.emit(EventKind.Exit, pid, 0, 0n, 0);
    }
    const events = flush(recorder);
    expect(count(events, EventKind.Exit)).toBe(5_000);
    expect(count(events, EventKind.MoreMessages)).toBeLessThan(500);
  });

  it("shows a pair that seldom speaks, in the middle of a flood of others", () => {
    const recorder = createRecorder();
    for (let i = 0; i < 20_000; i++) message(recorder, 1, 2);
    message(recorder, 3, 4);
    const events = flush(recorder);
    expect(events.filter(({ kind, pid }) => kind === EventKind.MessageSent && pid === 3).length).toBe(1);
  });

  it("leaves out nothing of lives, deaths and relations, however many there are", () => {
    const recorder = createRecorder();
    for (let i = 0; i < 20_000; i++) message(recorder, 1, 2);
    flush(recorder);
    for (let pid = 10; pid < 2_010; pid++) {
      recorder.emit(EventKind.Spawn, pid, 1, 0n, 1, "worker");
      recorder.emit(EventKind.Start, pid, 0, 0n, 0);
      recorder.emit(EventKind.Link, pid, 1, 0n, 0);
      recorder.emit(EventKind.Output, pid, 0, 0n, 1, "hello");
      recorder.emit(EventKind.Trap, pid, 0, 0n, 0, "unreachable");
      recorder.emit(EventKind.Exit, pid, 0, 0n, 3, "trapped");
      message(recorder, 1, 2);
    }
    const events = flush(recorder);
    for (const kind of [
      EventKind.Spawn,
      EventKind.Start,
      EventKind.Link,
      EventKind.Output,
      EventKind.Trap,
      EventKind.Exit,
    ])
      expect(count(events, kind)).toBe(2_000);
  });

  it("writes the numbers of a crowd of pairs little by little, and all of them at the end", () => {
    const recorder = createRecorder();
    for (let i = 0; i < 5_000; i++) message(recorder, 1, 2);
    flush(recorder);
    for (let round = 0; round < 3; round++)
      for (let pid = 1; pid <= 3_000; pid++) message(recorder, pid, pid + 1);
    const events = flush(recorder);
    expect(count(events, EventKind.MoreMessages)).toBeLessThanOrEqual(128);
    for (let round = 0; round < 5; round++) events.push(...flush(recorder));
    events.push(...flush(recorder, true));
    for (let pid = 10; pid <= 3_000; pid++) expect(messagesOf(events, pid)).toBe(3);
  });

  it("tells how a process stands although waits are being left out", () => {
    const recorder = createRecorder();
    for (let i = 0; i < 20_000; i++) message(recorder, 1, 2);
    flush(recorder);
    for (let i = 0; i < 20_000; i++) message(recorder, 1, 2);
    expect(recorder.hasLeftOutWaits).toBe(true);
    recorder.emitState(EventKind.Park, 2, 0, 0n, 1);
    const events = flush(recorder);
    expect(events.filter(({ kind }) => kind === EventKind.Park).at(-1)).toMatchObject({ pid: 2, value: 1 });
  });

  it("comes with the numbers of what is left out also where only messages are wanted", () => {
    const recorder = createRecorder();
    recorder.select([EventKind.MessageSent]);
    for (let i = 0; i < 20_000; i++) message(recorder, 1, 2);
    const events = flush(recorder, true);
    expect(messagesOf(events, 1)).toBe(20_000);
    expect(
      events.every(({ kind }) => kind === EventKind.MessageSent || kind === EventKind.MoreMessages),
    ).toBe(true);
  });

  it("is everything again as soon as full detail is asked for", () => {
    const recorder = createRecorder();
    for (let i = 0; i < 20_000; i++) message(recorder, 1, 2);
    flush(recorder, true);
    recorder.detail = "full";
    for (let i = 0; i < 3_000; i++) message(recorder, 1, 2);
    expect(flush(recorder, true).length).toBe(5 * 3_000);
  });
});
