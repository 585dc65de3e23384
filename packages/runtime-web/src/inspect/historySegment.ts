import type { EventKind } from "./events.ts";
import { createEvent, type InspectionEvent, type InspectionSnapshot } from "./inspectionEvent.ts";
import type { SystemFrame } from "./systemModel.ts";

/** Of one event in the columns below. */
export const EVENT_BYTES = 8 * 4 + 4 * 3 + 1 + 1;
const FIRST_CAPACITY = 512;
/** A record of a process with its entry in the frame's map; an entry of a relation. Measured in V8, rounded up. */
const COPIED_BYTES = 360;
const MAP_ENTRY_BYTES = 40;
const SNAPSHOT_PROCESS_BYTES = 320;

/** What comes between two events and is none: it counts before the event at `position`. */
export interface Step {
  readonly position: number;
  readonly dropped: number;
  readonly snapshot: InspectionSnapshot | undefined;
  /** The subscription was over. */
  readonly isEnd: boolean;
}

/** A stretch of history: the system as it was before, and the events since, in columns. */
export class HistorySegment {
  readonly frame: SystemFrame;
  /** Number of the first event, counted over the whole run. */
  readonly first: number;
  /** Of its events. */
  environment = 0;
  /** In order of position. */
  readonly steps: Step[] = [];
  count = 0;
  /** The latest time of all events up to the end of this segment. */
  lastMs: number;
  #timeMs = new Float64Array(FIRST_CAPACITY);
  #pid = new Float64Array(FIRST_CAPACITY);
  #other = new Float64Array(FIRST_CAPACITY);
  #tag = new BigInt64Array(FIRST_CAPACITY);
  #value = new Float32Array(FIRST_CAPACITY);
  #sequence = new Uint32Array(FIRST_CAPACITY);
  #text = new Int32Array(FIRST_CAPACITY);
  #kind = new Uint8Array(FIRST_CAPACITY);
  #executor = new Uint8Array(FIRST_CAPACITY);
  /** Values that 32-bit floats do not hold exactly: fuel, large payloads. */
  readonly #largeValues = new Map<number, number>();
  readonly #texts: string[] = [];
  #extraBytes: number;

  constructor(frame: SystemFrame, first: number) {
    this.frame = frame;
    this.first = first;
    this.lastMs = frame.timeMs;
    this.#extraBytes = frame.processCount * MAP_ENTRY_BYTES + frame.copied * COPIED_BYTES;
  }

  /** One past the number of its last event. */
  get end(): number {
    return this.first + this.count;
  }

  get bytes(): number {
    return this.#kind.length * EVENT_BYTES + this.#extraBytes;
  }

  /** Adds the event after the last. */
  push(event: InspectionEvent): void {
    const at = this.count;
    if (at === this.#kind.length) this.#resize(2 * at);
    this.count++;
    this.environment = event.environment;
    this.#timeMs[at] = event.timeMs;
    this.#pid[at] = event.pid;
    this.#other[at] = event.other;
    this.#tag[at] = event.tag;
    this.#value[at] = event.value;
    if (this.#value[at] !== event.value) {
      this.#largeValues.set(at, event.value);
      this.#extraBytes += MAP_ENTRY_BYTES;
    }
    this.#sequence[at] = event.sequence;
    this.#kind[at] = event.kind;
    this.#executor[at] = event.executor;
    this.#text[at] = event.text === undefined ? -1 : this.#texts.push(event.text) - 1;
    if (event.text !== undefined) this.#extraBytes += 24 + 2 * event.text.length;
    if (event.timeMs > this.lastMs) this.lastMs = event.timeMs;
  }

  /** Adds what comes after the last event, or, with a later position, before one that follows. */
  addStep(step: Step): void {
    this.steps.push(step);
    this.#extraBytes += (step.snapshot?.processes.length ?? 0) * SNAPSHOT_PROCESS_BYTES;
  }

  /** No event follows: gives back the room that none took. */
  seal(): void {
    this.#resize(this.count);
  }

  /** Of the event at a position from `first` up to, and without, `end`; so for the other columns. */
  kindAt(position: number): EventKind {
    return this.#kind[position - this.first] as EventKind;
  }

  /** The event's pid. */
  pidAt(position: number): number {
    return this.#pid[position - this.first]!;
  }

  /** The event's other process. */
  otherAt(position: number): number {
    return this.#other[position - this.first]!;
  }

  /** The event's time in milliseconds of the run's clock. */
  timeAt(position: number): number {
    return this.#timeMs[position - this.first]!;
  }

  /** The event with all its fields. */
  eventAt(position: number): InspectionEvent {
    const at = position - this.first;
    return createEvent(
      this.#sequence[at]!,
      this.#timeMs[at]!,
      this.#executor[at]!,
      this.environment,
      this.#kind[at] as EventKind,
      this.#pid[at]!,
      this.#other[at]!,
      this.#tag[at]!,
      this.#largeValues.get(at) ?? this.#value[at]!,
      this.#texts[this.#text[at]!],
    );
  }

  /** The number of the first event after a time; `end` if none is. */
  positionAfter(timeMs: number): number {
    for (let at = 0; at < this.count; at++) if (this.#timeMs[at]! > timeMs) return this.first + at;
    return this.end;
  }

  #resize(capacity: number): void {
    const resized = <T extends { set(from: T): void; subarray(begin: number, end: number): T }>(
      from: T,
      to: T,
    ): T => {
      to.set(from.subarray(0, this.count));
      return to;
    };
    this.#timeMs = resized(this.#timeMs, new Float64Array(capacity));
    this.#pid = resized(this.#pid, new Float64Array(capacity));
    this.#other = resized(this.#other, new Float64Array(capacity));
    this.#tag = resized(this.#tag, new BigInt64Array(capacity));
    this.#value = resized(this.#value, new Float32Array(capacity));
    this.#sequence = resized(this.#sequence, new Uint32Array(capacity));
    this.#text = resized(this.#text, new Int32Array(capacity));
    this.#kind = resized(this.#kind, new Uint8Array(capacity));
    this.#executor = resized(this.#executor, new Uint8Array(capacity));
  }
}
