import type { EventKind } from "./events.ts";
import { createEvent, type InspectionEvent } from "./inspectionEvent.ts";

/**
 * How events travel from an executor to the page: in 32-bit words, and of each only what is not the usual. It takes 16 bytes
 * on average; what is posted from thread to thread is copied several times, and from 64 KiB on costs Chromium a mapping.
 *
 *     head | time | sequence | pid | other | tag | value | text
 *
 * The head is the kind and, from bit 8, which of the others follow and how wide. Absent: the time of the record before, its
 * sequence + 1, 0, and no text. Recordings have a form of their own (records.ts).
 */
const KIND = 0xff;
/** f64. */
const HAS_TIME = 1 << 8;
const HAS_SEQUENCE = 1 << 9;
const HAS_OTHER = 1 << 10;
/** Pid and other, if it is there, are f64 and not u32. */
const HAS_WIDE_PIDS = 1 << 11;
/** u32. */
const HAS_TAG = 1 << 12;
/** i64. */
const HAS_WIDE_TAG = 1 << 13;
/** i32. */
const HAS_VALUE = 1 << 14;
/** f64. */
const HAS_WIDE_VALUE = 1 << 15;
/** Index into the texts. */
const HAS_TEXT = 1 << 16;
/** Of a record with everything. */
const MOST_WORDS = 13;
const FIRST_WORDS = 1_024;
const WORD_BYTES = 4;

/** What an executor posts: records, and the texts they refer to. */
export interface PackedBatch {
  readonly executor: number;
  readonly environment: number;
  readonly words: ArrayBuffer;
  readonly texts: readonly string[];
  /** Records that found no room since the batch before. */
  readonly dropped: number;
}

const FLOAT = new Float64Array(1);
const INTEGER = new BigInt64Array(FLOAT.buffer);
const HALVES = new Int32Array(FLOAT.buffer);

/** Packs the records of one batch after another. */
export class RecordPacker {
  #words = new Int32Array(FIRST_WORDS);
  #length = 0;
  #timeMs = Number.NaN;
  #sequence = 0;

  /** Appends a record. @param text index into the texts of the batch, -1 for none */
  write(
    timeMs: number,
    sequence: number,
    kind: EventKind,
    pid: number,
    other: number,
    tag: bigint,
    value: number,
    text: number,
  ): void {
    if (this.#length + MOST_WORDS > this.#words.length) this.#grow();
    const words = this.#words;
    const start = this.#length;
    let head: number = kind;
    let at = start + 1;
    if (timeMs !== this.#timeMs) {
      this.#timeMs = timeMs;
      head |= HAS_TIME;
      FLOAT[0] = timeMs;
      words[at++] = HALVES[0]!;
      words[at++] = HALVES[1]!;
    }
    if (sequence !== (this.#sequence + 1) >>> 0) {
      head |= HAS_SEQUENCE;
      words[at++] = sequence;
    }
    this.#sequence = sequence;
    if (other !== 0) head |= HAS_OTHER;
    if (pid === pid >>> 0 && other === other >>> 0) {
      words[at++] = pid;
      if (other !== 0) words[at++] = other;
    } else {
      head |= HAS_WIDE_PIDS;
      FLOAT[0] = pid;
      words[at++] = HALVES[0]!;
      words[at++] = HALVES[1]!;
      if (other !== 0) {
        FLOAT[0] = other;
        words[at++] = HALVES[0]!;
        words[at++] = HALVES[1]!;
      }
    }
    INTEGER[0] = tag;
    const [low, high] = [HALVES[0]!, HALVES[1]!];
    if (high !== 0) {
      head |= HAS_WIDE_TAG;
      words[at++] = low;
      words[at++] = high;
    } else if (low !== 0) {
      head |= HAS_TAG;
      words[at++] = low;
    }
    if (value !== (value | 0) || Object.is(value, -0)) {
      head |= HAS_WIDE_VALUE;
      FLOAT[0] = value;
      words[at++] = HALVES[0]!;
      words[at++] = HALVES[1]!;
    } else if (value !== 0) {
      head |= HAS_VALUE;
      words[at++] = value;
    }
    if (text >= 0) {
      head |= HAS_TEXT;
      words[at++] = text;
    }
    words[start] = head;
    this.#length = at;
  }

  /** What was written since the last time; the buffer is the caller's. */
  take(): ArrayBuffer {
    const words = this.#words.buffer.slice(0, this.#length * WORD_BYTES);
    this.#length = 0;
    this.#timeMs = Number.NaN;
    this.#sequence = 0;
    return words;
  }

  #grow(): void {
    const larger = new Int32Array(2 * this.#words.length);
    larger.set(this.#words);
    this.#words = larger;
  }
}

/** Decodes a batch. Records of a kind this version does not know are kept: kinds are only ever added. */
export function unpackRecords(batch: PackedBatch): InspectionEvent[] {
  const { executor, environment, texts } = batch;
  const words = new Int32Array(batch.words);
  const events: InspectionEvent[] = [];
  let timeMs = Number.NaN;
  let sequence = 0;
  for (let at = 0; at < words.length; ) {
    const head = words[at++]!;
    if ((head & HAS_TIME) !== 0) {
      timeMs = floatAt(words, at);
      at += 2;
    }
    sequence = (head & HAS_SEQUENCE) !== 0 ? words[at++]! >>> 0 : (sequence + 1) >>> 0;
    const isWide = (head & HAS_WIDE_PIDS) !== 0;
    const pid = isWide ? floatAt(words, at) : words[at]! >>> 0;
    at += isWide ? 2 : 1;
    let other = 0;
    if ((head & HAS_OTHER) !== 0) {
      other = isWide ? floatAt(words, at) : words[at]! >>> 0;
      at += isWide ? 2 : 1;
    }
    // The constant needs no memory, where each bigint that is made takes some.
    let tag = 0n;
    if ((head & (HAS_TAG | HAS_WIDE_TAG)) !== 0) {
      HALVES[0] = words[at++]!;
      HALVES[1] = (head & HAS_WIDE_TAG) !== 0 ? words[at++]! : 0;
      tag = INTEGER[0]!;
    }
    let value = 0;
    if ((head & HAS_VALUE) !== 0) value = words[at++]!;
    else if ((head & HAS_WIDE_VALUE) !== 0) {
      value = floatAt(words, at);
      at += 2;
    }
    const kind = (head & KIND) as EventKind;
    const text = (head & HAS_TEXT) !== 0 ? texts[words[at++]!] : undefined;
    events.push(createEvent(sequence, timeMs, executor, environment, kind, pid, other, tag, value, text));
  }
  return events;
}

function floatAt(words: Int32Array, at: number): number {
  HALVES[0] = words[at]!;
  HALVES[1] = words[at + 1]!;
  return FLOAT[0]!;
}
