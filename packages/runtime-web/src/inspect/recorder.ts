import { EdgeCounts } from "./edgeCounts.ts";
import { EventKind, type EventSink } from "./events.ts";
import { type PackedBatch, RecordPacker } from "./packedRecords.ts";
import { type Detail, maskOf, selectionOf } from "./subscription.ts";

/** Records a recorder holds: about 64 KiB. */
const DEFAULT_CAPACITY = 4_096;
/** Share of the room kept for the events without which a view would be wrong and not only incomplete. */
const ESSENTIAL_SHARE = 0.25;
const ESSENTIAL = maskOf([
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
  EventKind.MoreMessages,
]);
/**
 * Sends of messages that are told before a sample is: so many at once, and so many a second. A record costs 0.1 to 0.2 µs here,
 * and as much at the page: of a program that sends this many within milliseconds, each thousand takes it a percent longer.
 */
const SENDS_AT_ONCE = 1_500;
const SENDS_PER_SECOND = 1_000;
/** The same of what else a message makes: its arrival, its taking, a wait that ends, the next wait. */
const FOLLOWED_AT_ONCE = 2_400;
const FOLLOWED_PER_SECOND = 4_000;
/** Of pairs that have not been heard of since the last flush, so many messages are told all the same: rare ones are not lost in a flood. */
const RARE_PER_FLUSH = 32;
/** Pairs whose counts are written per flush; the others wait. */
const EDGES_PER_FLUSH = 128;
/** The same before the end of a process is told, for so many ends per flush: a crowd of short processes must not cost a record more each. */
const EDGES_PER_END = 8;
const ENDS_PER_FLUSH = 32;
const END = 1 << EventKind.Exit;
const WAITS = maskOf([EventKind.Park, EventKind.Wake]);
const FOLLOWED = WAITS | maskOf([EventKind.MessageQueued, EventKind.MessageTaken]);
/** Texts kept between two flushes, in UTF-16 units: a flood of output must not grow the heap. */
const TEXT_BUDGET = 1 << 20;
/** Longer texts, output and traps, are seldom the same. */
const SHARED_TEXT_LIMIT = 64;

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
  /** Milliseconds since the environment started; asked for every record. */
  nowMs(): number;
  readonly capacity?: number;
  /** Called before a record is dropped: if it takes what there is, that makes room. */
  onFull?: (() => void) | undefined;
}

/**
 * Where the events of one environment on one executor are written while somebody observes. Bounded: what finds no
 * room, and makes none by `onFull`, is dropped and counted, so a flood costs the observer completeness, never the program
 * its memory.
 */
export class Recorder implements EventSink {
  tellsAll = true;
  tellsWaits = true;
  readonly #options: RecorderOptions;
  readonly #capacity: number;
  readonly #packer = new RecordPacker();
  #count = 0;
  #texts: string[] = [];
  #textLength = 0;
  /** Text to its index. */
  readonly #sharedTexts = new Map<string, number>();
  #dropped = 0;
  #lastSequence = 0;
  /** Bit k set: records of kind k are wanted. */
  #wanted = -1;
  /** The same without the kinds that are left out for now. */
  #accepted = -1;
  #detail: Detail = "full";
  /** Of a sample: what may still be written. */
  #sendsLeft = SENDS_AT_ONCE;
  #followedLeft = FOLLOWED_AT_ONCE;
  #refilledMs = 0;
  #rareLeft = RARE_PER_FLUSH;
  #endsLeft = ENDS_PER_FLUSH;
  #hasLeftOutWaits = false;
  /** Messages not told since the last flush, and those before of which some have not been written yet. */
  #edges = new EdgeCounts();
  #written = new EdgeCounts();
  #nextWritten = 0;
  /** All that is told now happens at this moment; undefined: each at its own. */
  #momentMs: number | undefined;

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.#capacity = options.capacity ?? DEFAULT_CAPACITY;
  }

  /** @param kinds undefined = all */
  select(kinds: readonly EventKind[] | undefined): void {
    this.#wanted = selectionOf(kinds);
    this.#setAccepted();
  }

  /** "full" to begin with. */
  get detail(): Detail {
    return this.#detail;
  }

  set detail(detail: Detail) {
    this.#detail = detail;
    this.#setAccepted();
  }

  /** Waits or their ends were left out at some time: how processes stand must be told by samples. */
  get hasLeftOutWaits(): boolean {
    return this.#hasLeftOutWaits;
  }

  /** Sequence number of the newest record; 0 before the first. */
  get lastSequence(): number {
    return this.#lastSequence;
  }

  get isEmpty(): boolean {
    return this.#count === 0 && this.#dropped === 0;
  }

  emit(kind: EventKind, pid: number, other: number, tag: bigint, value: number, text?: string): void {
    const bit = 1 << kind;
    if ((this.#accepted & bit) === 0) return;
    if ((FOLLOWED & bit) !== 0 && --this.#followedLeft === 0) this.#setAccepted();
    else if (bit === END) this.#tellBeforeEnd();
    this.#write(kind, pid, other, tag, value, text);
  }

  /** Tells how a process stands, in one of the kinds of its events: neither left out of a sample nor part of its rate. */
  emitState(kind: EventKind, pid: number, other: number, tag: bigint, value: number): void {
    if ((this.#wanted & (1 << kind)) !== 0) this.#write(kind, pid, other, tag, value, undefined);
  }

  /** What `tell` emits has one time: the clock is read once. */
  atOneMoment(tell: () => void): void {
    this.#momentMs = this.#options.nowMs();
    try {
      tell();
    } finally {
      this.#momentMs = undefined;
    }
  }

  #write(
    kind: EventKind,
    pid: number,
    other: number,
    tag: bigint,
    value: number,
    text: string | undefined,
  ): void {
    if (!this.#hasRoom(kind, text)) {
      this.#options.onFull?.();
      if (!this.#hasRoom(kind, text)) {
        this.#dropped++;
        return;
      }
    }
    let textIndex = -1;
    if (text !== undefined) textIndex = this.#indexOf(text);
    this.#count++;
    const timeMs = this.#momentMs ?? this.#options.nowMs();
    this.#lastSequence = this.#options.sequence.next();
    this.#packer.write(timeMs, this.#lastSequence, kind, pid, other, tag, value, textIndex);
  }

  /** Short texts are labels and causes, of which many processes have the same: each is kept, and posted, once. */
  #indexOf(text: string): number {
    if (text.length > SHARED_TEXT_LIMIT) return this.#addText(text);
    let index = this.#sharedTexts.get(text);
    if (index === undefined) {
      index = this.#addText(text);
      this.#sharedTexts.set(text, index);
    }
    return index;
  }

  #addText(text: string): number {
    this.#textLength += text.length;
    return this.#texts.push(text) - 1;
  }

  messageSent(from: number, to: number, tag: bigint, sizeBytes: number): boolean {
    let isFollowed = true;
    if (this.#detail === "sampled") {
      if (this.#sendsLeft >= 1) {
        this.#sendsLeft--;
        isFollowed = this.#followedLeft > 0;
      } else if (this.#edges.add(from, to, 1) && this.#rareLeft > 0) {
        this.#rareLeft--;
        this.#edges.add(from, to, -1);
      } else {
        return false;
      }
    }
    this.emit(EventKind.MessageSent, from, to, tag, sizeBytes);
    return isFollowed;
  }

  /**
   * Writes how many messages were left out, and lets the next ones be told again as far as their rate allows. To be called
   * about 30 times a second. @param isLast  writes all, however many pairs there are
   */
  nextSample(isLast: boolean): void {
    const nowMs = this.#options.nowMs();
    const passed = (nowMs - this.#refilledMs) / 1_000;
    this.#refilledMs = nowMs;
    this.#sendsLeft = Math.min(SENDS_AT_ONCE, this.#sendsLeft + SENDS_PER_SECOND * passed);
    this.#followedLeft = Math.min(
      FOLLOWED_AT_ONCE,
      Math.ceil(Math.max(0, this.#followedLeft) + FOLLOWED_PER_SECOND * passed),
    );
    this.#rareLeft = RARE_PER_FLUSH;
    this.#endsLeft = ENDS_PER_FLUSH;
    this.#setAccepted();
    this.atOneMoment(() => this.#writeEdges(isLast ? Number.POSITIVE_INFINITY : EDGES_PER_FLUSH));
  }

  /** Else what a process sent last would seem to be sent after its end. */
  #tellBeforeEnd(): void {
    if (this.#edges.size === 0 || this.#endsLeft === 0) return;
    this.#endsLeft--;
    this.#writeEdges(EDGES_PER_END);
  }

  #writeEdges(most: number): void {
    for (let left = most; left > 0; left--) {
      if (this.#nextWritten === this.#written.size) {
        if (this.#written.others > 0) this.emit(EventKind.MoreMessages, 0, 0, 0n, this.#written.others);
        this.#written.clear();
        this.#nextWritten = 0;
        if (this.#edges.size === 0) return;
        [this.#edges, this.#written] = [this.#written, this.#edges];
      }
      const at = this.#nextWritten++;
      const count = this.#written.countAt(at);
      if (count === 0) continue;
      this.emit(EventKind.MoreMessages, this.#written.fromAt(at), this.#written.toAt(at), 0n, count);
    }
  }

  #setAccepted(): void {
    const leavesOut = this.#detail === "sampled" && this.#followedLeft <= 0;
    this.#accepted = leavesOut ? this.#wanted & ~WAITS : this.#wanted;
    this.tellsAll = this.#detail === "full";
    this.tellsWaits = (this.#accepted & WAITS) !== 0;
    if (leavesOut) this.#hasLeftOutWaits = true;
  }

  #hasRoom(kind: EventKind, text: string | undefined): boolean {
    const share = (ESSENTIAL & (1 << kind)) !== 0 ? 1 : 1 - ESSENTIAL_SHARE;
    if (this.#count >= this.#capacity * share) return false;
    if (text === undefined) return true;
    return this.#textLength + text.length <= TEXT_BUDGET * share;
  }

  /** What was recorded since the last time; the buffer of the batch is the caller's to transfer. */
  take(): PackedBatch {
    const batch: PackedBatch = {
      executor: this.#options.executor,
      environment: this.#options.environment,
      words: this.#packer.take(),
      texts: this.#texts,
      dropped: this.#dropped,
    };
    this.#count = 0;
    this.#texts = [];
    this.#sharedTexts.clear();
    this.#textLength = 0;
    this.#dropped = 0;
    return batch;
  }
}
