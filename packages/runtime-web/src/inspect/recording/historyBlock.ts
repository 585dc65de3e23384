import type { Step } from "../historySegment.ts";
import type { InspectionBatch, InspectionEvent } from "../inspectionEvent.ts";
import { decodeRecords, RECORD_BYTES, writeRecord } from "../records.ts";
import { parseFields, toJsonBytes } from "./fields.ts";
import { join } from "./gzip.ts";
import { RecordingError } from "./recordingError.ts";
import { decodeSnapshot, encodeSnapshot } from "./snapshotJson.ts";

/**
 * A History block is a list of entries in the order in which they were taken in, little-endian:
 *
 *     Batch: kind u32 | executor u32 | environment u32 | texts u32 | records u32
 *            | texts × (bytes u32 | UTF-8) | records × 48 bytes, see records.ts
 *     Step:  kind u32 | bytes u32 | JSON { dropped, isEnd, snapshot? }
 */
const EntryKind = { Batch: 1, Step: 2 } as const;

const BATCH_HEAD_BYTES = 20;
/** Of one batch: an executor posts up to 32,768 at once, and what is decoded at once is held at once. */
export const MAX_BATCH_RECORDS = 8_192;
/** Executors of a history have a byte. */
const MAX_EXECUTOR = 0xff;
/** Later than any clock goes. */
const MAX_TIME_MS = 2 ** 53;

/** What a history takes in: a batch with events, one with a snapshot, or the end of the run. */
export type Entry = { readonly batch: InspectionBatch } | { readonly isEnd: true };

/** Collects entries. */
export class HistoryBlockWriter {
  #parts: Uint8Array[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** @param events of one executor and environment, at most 8,192 */
  batch(events: readonly InspectionEvent[]): void {
    const [first] = events;
    if (!first) return;
    const indices = new Map<string, number>();
    const records = new Uint8Array(events.length * RECORD_BYTES);
    const view = new DataView(records.buffer);
    events.forEach((event, index) => {
      const { timeMs, sequence, kind, pid, other, tag, value, text } = event;
      let textIndex = -1;
      if (text !== undefined) {
        textIndex = indices.get(text) ?? indices.size;
        indices.set(text, textIndex);
      }
      writeRecord(view, index * RECORD_BYTES, timeMs, sequence, kind, pid, other, tag, value, textIndex);
    });
    this.#words(EntryKind.Batch, first.executor, first.environment, indices.size, events.length);
    const encoder = new TextEncoder();
    for (const text of indices.keys()) {
      const bytes = encoder.encode(text);
      this.#words(bytes.length);
      this.#add(bytes);
    }
    this.#add(records);
  }

  step({ dropped, snapshot, isEnd }: Step): void {
    const json = toJsonBytes({ dropped, isEnd, ...(snapshot && { snapshot: encodeSnapshot(snapshot) }) });
    this.#words(EntryKind.Step, json.length);
    this.#add(json);
  }

  /** Hands out what was collected and begins anew. */
  take(): Uint8Array<ArrayBuffer> {
    const bytes = join(this.#parts, this.#length);
    this.#parts = [];
    this.#length = 0;
    return bytes;
  }

  #words(...words: number[]): void {
    const view = new DataView(new ArrayBuffer(4 * words.length));
    words.forEach((word, index) => {
      view.setUint32(4 * index, word, true);
    });
    this.#add(new Uint8Array(view.buffer));
  }

  #add(bytes: Uint8Array): void {
    this.#parts.push(bytes);
    this.#length += bytes.length;
  }
}

/**
 * The entries of a block, one after the other.
 * @param offset of the block in the file, for errors
 * @throws RecordingError
 */
export function* readHistoryBlock(bytes: Uint8Array<ArrayBuffer>, offset: number): Generator<Entry> {
  const damaged = (finding: string): never => {
    throw new RecordingError("damaged", finding, offset);
  };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const take = (length: number): number => {
    const from = at;
    if (length > bytes.length - from) damaged("an entry goes beyond its block");
    at += length;
    return from;
  };
  const takeWord = (): number => view.getUint32(take(4), true);
  while (at < bytes.length) {
    const kind = takeWord();
    if (kind === EntryKind.Step) {
      const length = takeWord();
      const from = take(length);
      yield readStep(bytes.subarray(from, from + length), offset);
    } else if (kind === EntryKind.Batch) {
      const head = take(BATCH_HEAD_BYTES - 4);
      const [executor, environment, textCount, recordCount] = [0, 4, 8, 12].map((index) =>
        view.getUint32(head + index, true),
      ) as [number, number, number, number];
      if (executor > MAX_EXECUTOR) damaged(`there is no executor ${executor}`);
      if (recordCount > MAX_BATCH_RECORDS) damaged(`${recordCount} records at once`);
      // Each text has a record, so that a small file cannot ask for a long list of empty ones.
      if (textCount > recordCount) damaged("there are more texts than records");
      const texts: string[] = [];
      for (let index = 0; index < textCount; index++) {
        const length = takeWord();
        const from = take(length);
        texts.push(TEXT.decode(bytes.subarray(from, from + length)));
      }
      const from = take(recordCount * RECORD_BYTES);
      const records = bytes.slice(from, at).buffer;
      const events = decodeRecords({ executor, environment, records, texts, dropped: 0 });
      const wrong = events.find((event) => !isSound(event));
      if (wrong) damaged(`event ${wrong.sequence} has numbers that no event has`);
      yield { batch: { events, dropped: 0 } };
    } else damaged(`there is no entry of kind ${kind}`);
  }
}

const TEXT = new TextDecoder();

function readStep(bytes: Uint8Array<ArrayBuffer>, offset: number): Entry {
  const fields = parseFields(bytes, "a step", offset);
  if (fields.flag("isEnd")) return { isEnd: true };
  const dropped = fields.whole("dropped");
  if (!fields.has("snapshot")) return { batch: { events: [], dropped } };
  return { batch: { events: [], dropped, snapshot: decodeSnapshot(fields.object("snapshot")) } };
}

function isSound({ timeMs, pid, other, value }: InspectionEvent): boolean {
  return (
    Math.abs(timeMs) <= MAX_TIME_MS &&
    Number.isSafeInteger(pid) &&
    pid >= 0 &&
    Number.isFinite(other) &&
    Number.isFinite(value)
  );
}
