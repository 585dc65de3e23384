import { EventKind, type EventSink } from "./events.ts";
import { MAX_TEXTS, RECORD_BYTES, type RecordBatch, writeRecord } from "./records.ts";

/** Records a recorder holds between two flushes. 32,768 × 48 bytes = 1.5 MiB. */
const DEFAULT_CAPACITY = 32_768;
/** Share of the room kept for the events without which a view would be wrong and not only incomplete. */
const ESSENTIAL_SHARE = 0.25;
const ESSENTIAL: ReadonlySet<EventKind> = new Set([
  EventKind.Spawn,
  EventKind.Start,
  EventKind.Exit,
  EventKind.Trap,
  EventKind.Notice,
  EventKind.Link,
  EventKind.Unlink,
  EventKind.Monitor,
  EventKind.StopMonitoring,
  EventKind.NameRegistered,
  EventKind.NameRemoved,
  EventKind.EnvironmentEnded,
  EventKind.Pace,
]);
/** Texts kept between two flushes, in UTF-16 units: a flood of output must not grow the heap. */
const TEXT_BUDGET = 1 << 20;

/** Gives the numbers of a run's total order. Shared between executors where memory can be shared. */
export interface SequenceSource {
  next(): number;
}

/** For a run on one executor. */
export class LocalSequence implements SequenceSource {
  #next = 1;

  next(): number {
    return this.#next++;
  }
}

/** One counter for all executors of a run. */
export class SharedSequence implements SequenceSource {
  readonly #cell: Int32Array;

  /** @param cell one zeroed 32-bit cell of a SharedArrayBuffer */
  constructor(cell: Int32Array) {
    this.#cell = cell;
  }

  next(): number {
    return (Atomics.add(this.#cell, 0, 1) + 1) >>> 0;
  }
}

export interface RecorderOptions {
  readonly executor: number;
  readonly environment: number;
  readonly sequence: SequenceSource;
  /** Milliseconds since the environment started. */
  nowMs(): number;
  readonly capacity?: number;
  /** Called before a record is dropped: what is taken then makes room for it. */
  onFull?: (() => void) | undefined;
}

/**
 * Where the events of one environment on one executor are written while somebody observes. Bounded: what finds no
 * room, and makes none by `onFull`, is dropped and counted, so a flood costs the observer completeness, never the program
 * its memory.
 */
export class Recorder implements EventSink {
  readonly #options: RecorderOptions;
  readonly #capacity: number;
  #buffer: ArrayBuffer;
  #view: DataView;
  #count = 0;
  #texts: string[] = [];
  #textLength = 0;
  #dropped = 0;
  #lastSequence = 0;
  /** Bit k set: records of kind k are wanted. */
  #wanted = 0xffffffff;

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.#capacity = options.capacity ?? DEFAULT_CAPACITY;
    this.#buffer = new ArrayBuffer(this.#capacity * RECORD_BYTES);
    this.#view = new DataView(this.#buffer);
  }

  /** @param kinds undefined = all */
  select(kinds: readonly EventKind[] | undefined): void {
    this.#wanted = kinds === undefined ? 0xffffffff : kinds.reduce((mask, kind) => mask | (1 << kind), 0);
  }

  /** Sequence number of the newest record; 0 before the first. */
  get lastSequence(): number {
    return this.#lastSequence;
  }

  get isEmpty(): boolean {
    return this.#count === 0 && this.#dropped === 0;
  }

  emit(kind: EventKind, pid: number, other: number, tag: bigint, value: number, text?: string): void {
    if ((this.#wanted & (1 << kind)) === 0) return;
    if (!this.#hasRoom(kind, text)) {
      this.#options.onFull?.();
      if (!this.#hasRoom(kind, text)) {
        this.#dropped++;
        return;
      }
    }
    let textIndex = -1;
    if (text !== undefined) {
      textIndex = this.#texts.push(text) - 1;
      this.#textLength += text.length;
    }
    const at = this.#count++ * RECORD_BYTES;
    const timeMs = this.#options.nowMs();
    this.#lastSequence = this.#options.sequence.next();
    writeRecord(this.#view, at, timeMs, this.#lastSequence, kind, pid, other, tag, value, textIndex);
  }

  #hasRoom(kind: EventKind, text: string | undefined): boolean {
    const share = ESSENTIAL.has(kind) ? 1 : 1 - ESSENTIAL_SHARE;
    if (this.#count >= this.#capacity * share) return false;
    if (text === undefined) return true;
    return this.#textLength + text.length <= TEXT_BUDGET * share && this.#texts.length < MAX_TEXTS;
  }

  /** What was recorded since the last time; the buffer of the batch is the caller's to transfer. */
  take(): RecordBatch {
    const batch: RecordBatch = {
      executor: this.#options.executor,
      environment: this.#options.environment,
      records: this.#buffer.slice(0, this.#count * RECORD_BYTES),
      texts: this.#texts,
      dropped: this.#dropped,
    };
    this.#count = 0;
    this.#texts = [];
    this.#textLength = 0;
    this.#dropped = 0;
    return batch;
  }
}
