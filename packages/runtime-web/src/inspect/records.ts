import { EventKind } from "./events.ts";
import { createEvent, type InspectionEvent } from "./inspectionEvent.ts";

/**
 * An event in a recording, little-endian (from an executor to the page it comes packed, see packedRecords.ts):
 *
 *      0        8          12                16     24      32      40      48
 *     +--------+----------+-----------------+------+-------+-------+-------+
 *     | timeMs | sequence | kind | text + 1 | pid  | other | tag   | value |
 *     | f64    | u32      | u8   | u24      | f64  | f64   | i64   | f64   |
 *     +--------+----------+-----------------+------+-------+-------+-------+
 *
 * text + 1 is an index into the texts that travel with the records; 0 = none. Pids are whole numbers below 2^53.
 */
export const RECORD_BYTES = 48;
const TIME = 0;
const SEQUENCE = TIME + 8;
const KIND_AND_TEXT = SEQUENCE + 4;
const PID = KIND_AND_TEXT + 4;
const OTHER = PID + 8;
const TAG = OTHER + 8;
const VALUE = TAG + 8;

/** Records of one executor: one buffer, and the texts they refer to. */
export interface RecordBatch {
  readonly executor: number;
  readonly environment: number;
  readonly records: ArrayBuffer;
  readonly texts: readonly string[];
  /** Records that are missing before these. */
  readonly dropped: number;
}

/** @param text index into the texts, -1 for none */
export function writeRecord(
  view: DataView,
  at: number,
  timeMs: number,
  sequence: number,
  kind: EventKind,
  pid: number,
  other: number,
  tag: bigint,
  value: number,
  text: number,
): void {
  view.setFloat64(at + TIME, timeMs, true);
  view.setUint32(at + SEQUENCE, sequence, true);
  view.setUint32(at + KIND_AND_TEXT, kind | ((text + 1) << 8), true);
  view.setFloat64(at + PID, pid, true);
  view.setFloat64(at + OTHER, other, true);
  view.setBigInt64(at + TAG, tag, true);
  view.setFloat64(at + VALUE, value, true);
}

/** Decodes a batch. Records of a kind this version does not know are kept: kinds are only ever added. */
export function decodeRecords(batch: RecordBatch): InspectionEvent[] {
  const { executor, environment, texts } = batch;
  const view = new DataView(batch.records);
  const events: InspectionEvent[] = [];
  for (let at = 0; at + RECORD_BYTES <= view.byteLength; at += RECORD_BYTES) {
    const kindAndText = view.getUint32(at + KIND_AND_TEXT, true);
    const text = kindAndText >>> 8 === 0 ? undefined : texts[(kindAndText >>> 8) - 1];
    const sequence = view.getUint32(at + SEQUENCE, true);
    const timeMs = view.getFloat64(at + TIME, true);
    const kind = (kindAndText & 0xff) as EventKind;
    const pid = view.getFloat64(at + PID, true);
    const other = view.getFloat64(at + OTHER, true);
    const tag = tagAt(view, at + TAG);
    const value = view.getFloat64(at + VALUE, true);
    events.push(createEvent(sequence, timeMs, executor, environment, kind, pid, other, tag, value, text));
  }
  return events;
}

/** Most tags are 0: the constant needs no memory, where each bigint that is read takes some. */
function tagAt(view: DataView, at: number): bigint {
  return view.getUint32(at, true) === 0 && view.getUint32(at + 4, true) === 0
    ? 0n
    : view.getBigInt64(at, true);
}

const NAME_BY_KIND = new Map<number, string>(Object.entries(EventKind).map(([name, kind]) => [kind, name]));

/** For logs and tests: "Spawn", "MessageSent", … */
export function eventKindName(kind: EventKind): string {
  return NAME_BY_KIND.get(kind) ?? `kind ${kind}`;
}
