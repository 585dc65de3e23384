import { expect, it } from "vitest";
import type { EventKind } from "./events.ts";
import type { InspectionEvent } from "./inspectionEvent.ts";
import { RecordPacker, unpackRecords } from "./packedRecords.ts";

const TEXTS = ["zero", "one", "two"];

function roundTrip(packer: RecordPacker, events: readonly InspectionEvent[]): InspectionEvent[] {
  for (const { timeMs, sequence, kind, pid, other, tag, value, text } of events) {
    packer.write(
      timeMs,
      sequence,
      kind,
      pid,
      other,
      tag,
      value,
      text === undefined ? -1 : TEXTS.indexOf(text),
    );
  }
  return unpackRecords({ executor: 3, environment: 7, words: packer.take(), texts: TEXTS, dropped: 0 });
}

function event(sequence: number, fields: Partial<InspectionEvent>): InspectionEvent {
  const usual = {
    timeMs: 1,
    executor: 3,
    environment: 7,
    kind: 1 as EventKind,
    pid: 1,
    other: 0,
    tag: 0n,
    value: 0,
  };
  return { sequence, ...usual, ...fields };
}

const PIDS = [0, 1, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1];
const TAGS = [0n, 1n, 2n ** 31n, 2n ** 32n - 1n, 2n ** 32n, 2n ** 63n - 1n, -1n, -(2n ** 63n)];
const VALUES = [0, -0, 1, -1, 2 ** 31 - 1, -(2 ** 31), 2 ** 31, 2 ** 53, 0.5, Number.POSITIVE_INFINITY];
const KINDS = [0, 1, 24, 31, 255];
const TIMES = [0, 0.005, 1e12];

it("gives back exactly what was written, extreme values included, in all combinations", () => {
  const packer = new RecordPacker();
  const events: InspectionEvent[] = [];
  for (const [at, pid] of PIDS.entries())
    for (const other of PIDS)
      for (const tag of TAGS)
        for (const value of VALUES)
          for (const text of [undefined, ...TEXTS]) {
            const kind = KINDS[events.length % KINDS.length] as EventKind;
            const timeMs = TIMES[at % TIMES.length]!;
            const fields = { timeMs, kind, pid, other, tag, value, ...(text === undefined ? {} : { text }) };
            events.push(event(events.length + 1, fields));
          }
  expect(roundTrip(packer, events)).toEqual(events);
});

it("keeps sequence numbers that skip, come again, or have passed 32 bits", () => {
  const events = [5, 6, 9, 10, 4, 2 ** 32 - 1, 0, 1].map((sequence) => event(sequence, {}));
  expect(roundTrip(new RecordPacker(), events)).toEqual(events);
});

it("makes each batch stand for itself", () => {
  const packer = new RecordPacker();
  const first = [event(1, { timeMs: 4 }), event(2, { timeMs: 4 })];
  const second = [event(3, { timeMs: 4 }), event(4, { timeMs: 4 })];
  expect(roundTrip(packer, first)).toEqual(first);
  expect(roundTrip(packer, second)).toEqual(second);
  expect(roundTrip(packer, [])).toEqual([]);
});

it("takes 20 bytes for a message that follows at once, and 8 for a start", () => {
  const packer = new RecordPacker();
  const bytesOf = (fields: Partial<InspectionEvent>) => {
    const { kind, pid, other, tag, value } = event(2, fields);
    packer.write(1, 1, kind, pid, other, tag, value, -1);
    packer.write(1, 2, kind, pid, other, tag, value, -1);
    const two = packer.take().byteLength;
    packer.write(1, 1, kind, pid, other, tag, value, -1);
    return two - packer.take().byteLength;
  };
  expect(bytesOf({ kind: 5 as EventKind, other: 2, tag: 130n, value: 24 })).toBe(20);
  expect(bytesOf({ kind: 2 as EventKind })).toBe(8);
});
