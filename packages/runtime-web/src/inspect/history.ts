import { Activity } from "./activity.ts";
import type { EventKind } from "./events.ts";
import { HistorySegment } from "./historySegment.ts";
import type { InspectionBatch, InspectionEvent } from "./inspectionEvent.ts";
import type { SystemChange } from "./processLedger.ts";
import { type SystemFrame, SystemModel } from "./systemModel.ts";

/** What a history may hold unless told otherwise: about a million events of a system of a few hundred processes. */
const LIMIT_BYTES = 64 * 2 ** 20;
/** Of the bound, this part is for ended processes of the model; a record with what views hold of it takes about a kilobyte. */
const ENDED_SHARE = 0.25;
const ENDED_BYTES = 1_024;
/** So many are kept in any case. */
const LEAST_ENDED = 1_000;
/** Events between two key frames, at least: a seek replays no more. */
const EVENTS_PER_FRAME = 8_192;
/** And so many for each process: a frame of ten thousand costs more than its events otherwise. */
const EVENTS_PER_PROCESS = 4;

/** Bounds of a history. */
export interface HistoryOptions {
  /** Bytes it may hold; what is oldest goes first. Default 64 MiB. An estimate that rounds up. */
  readonly limitBytes?: number;
  readonly eventsPerFrame?: number;
  /** Ended processes that the model keeps, the latest ones. Default: as many as fit into a quarter of the bytes, 16,384. */
  readonly endedKept?: number;
}

/** @internal The system before the first event that is remembered. */
export interface HistoryStart {
  readonly frame: SystemFrame;
  readonly position: number;
}

/**
 * A run as far as it is remembered: a SystemModel that is up to date, and its earlier states to go back to. Events are
 * kept in columns in the order in which they came, between key frames from which any moment is replayed.
 *
 * A moment is a *position*: the number of events before it, counted from the start of the run. Executors report
 * independently, so times of neighbouring events may be out of order by the length of a batch.
 */
export class History {
  readonly live: SystemModel;
  readonly limitBytes: number;
  readonly activity = new Activity();
  readonly #eventsPerFrame: number;
  /** Oldest first; never empty after the first batch. */
  readonly #segments: HistorySegment[] = [];
  /** Of all segments but the last. */
  #sealedBytes = 0;
  #isFinished = false;

  /** @param start where it begins, if the events before are not known; @internal */
  constructor(options: HistoryOptions = {}, start?: HistoryStart) {
    this.limitBytes = options.limitBytes ?? LIMIT_BYTES;
    const fitting = Math.floor((ENDED_SHARE * this.limitBytes) / ENDED_BYTES);
    const endedKept = options.endedKept ?? Math.max(LEAST_ENDED, fitting);
    this.live = new SystemModel(endedKept, start?.frame);
    this.#eventsPerFrame = options.eventsPerFrame ?? EVENTS_PER_FRAME;
    if (start) this.#segments.push(new HistorySegment(start.frame, start.position));
  }

  /** Position of the earliest moment that is remembered. */
  get first(): number {
    return this.#segments[0]?.first ?? 0;
  }

  /** Position of now: the number of events so far. */
  get end(): number {
    return this.#segments.at(-1)?.end ?? 0;
  }

  /** Time of the earliest moment that is remembered, in milliseconds of the run's clock. */
  get firstMs(): number {
    const [oldest] = this.#segments;
    return oldest === undefined || oldest.first === 0 ? 0 : oldest.frame.timeMs;
  }

  /** Time of now, in milliseconds of the run's clock. */
  get endMs(): number {
    return this.live.timeMs;
  }

  /** What the records take, in bytes. */
  get bytes(): number {
    return this.#sealedBytes + (this.#segments.at(-1)?.bytes ?? 0);
  }

  /** The run is over: nothing follows. */
  get isFinished(): boolean {
    return this.#isFinished;
  }

  /** Takes in one batch, as SystemModel.apply does. */
  apply(batch: InspectionBatch): SystemChange {
    const segment = this.#openSegment();
    const { snapshot } = batch;
    const snapshotPosition = segment.end + Math.max(0, SystemModel.snapshotPosition(batch));
    if (batch.dropped > 0 || snapshot) {
      segment.addStep({ position: snapshotPosition, dropped: batch.dropped, snapshot, isEnd: false });
    }
    for (const event of batch.events) {
      segment.push(event);
      this.activity.count(event);
    }
    return this.live.apply(batch);
  }

  /** The subscription is over, as SystemModel.finish. */
  finish(): SystemChange {
    const segment = this.#openSegment();
    segment.addStep({ position: segment.end, dropped: 0, snapshot: undefined, isEnd: true });
    this.#isFinished = true;
    return this.live.finish();
  }

  /** Nothing follows, though the run itself went on: what lived then goes on living at the end of this history. */
  close(): void {
    this.#isFinished = true;
  }

  /** @internal All that is remembered, oldest first. */
  get segments(): readonly HistorySegment[] {
    return this.#segments;
  }

  /** The position of the moment that all events up to a time have happened. */
  positionAt(timeMs: number): number {
    for (const segment of this.#segments) {
      if (segment.lastMs <= timeMs) continue;
      return segment.positionAfter(timeMs);
    }
    return this.end;
  }

  /** The time of a moment: of the event before it. */
  timeAt(position: number): number {
    if (position <= this.first) return this.firstMs;
    const segment = this.segmentAt(position - 1);
    return segment.timeAt(Math.min(position, segment.end) - 1);
  }

  /** @returns the event behind a moment. @param position from `first` up to, and without, `end` */
  event(position: number): InspectionEvent {
    return this.segmentAt(position).eventAt(position);
  }

  /** The kind of an event, without decoding the rest. @param position as for `event` */
  kindAt(position: number): EventKind {
    return this.segmentAt(position).kindAt(position);
  }

  /** Its pid. @param position as for `event` */
  pidAt(position: number): number {
    return this.segmentAt(position).pidAt(position);
  }

  /** The other process of it. @param position as for `event` */
  otherAt(position: number): number {
    return this.segmentAt(position).otherAt(position);
  }

  /** @internal The stretch that an event, or else the end, is in. */
  segmentAt(position: number): HistorySegment {
    let low = 0;
    let high = this.#segments.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#segments[middle]!.first <= position) low = middle;
      else high = middle - 1;
    }
    return this.#segments[low]!;
  }

  #openSegment(): HistorySegment {
    const last = this.#segments.at(-1);
    const room = Math.max(this.#eventsPerFrame, EVENTS_PER_PROCESS * this.live.processes.size);
    if (last && last.count < room) return last;
    if (last) {
      last.seal();
      this.#sealedBytes += last.bytes;
    }
    const segment = new HistorySegment(this.live.capture(), last?.end ?? 0);
    this.#segments.push(segment);
    while (this.#segments.length > 2 && this.bytes > this.limitBytes) {
      this.#sealedBytes -= this.#segments.shift()!.bytes;
    }
    return segment;
  }
}
