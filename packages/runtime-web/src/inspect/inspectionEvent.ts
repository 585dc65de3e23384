import type { EventKind, ParkReason } from "./events.ts";
import type { Pace } from "./pace.ts";

/** One observed event, decoded from its record. */
export interface InspectionEvent {
  /** Position in the run's total order; gaps mean dropped records. */
  readonly sequence: number;
  /** Milliseconds since the environment was started, monotonic, comparable between executors. */
  readonly timeMs: number;
  readonly executor: number;
  readonly environment: number;
  readonly kind: EventKind;
  /** What pid, other, tag, value and text mean is told per kind in events.ts. */
  readonly pid: number;
  readonly other: number;
  readonly tag: bigint;
  readonly value: number;
  readonly text?: string;
}

/**
 * An event of its fields. All are made here, in two shapes only: copying one into another with its text takes longer than
 * decoding it, and makes everything that takes events in several times slower.
 */
export function createEvent(
  sequence: number,
  timeMs: number,
  executor: number,
  environment: number,
  kind: EventKind,
  pid: number,
  other: number,
  tag: bigint,
  value: number,
  text: string | undefined,
): InspectionEvent {
  return text === undefined
    ? { sequence, timeMs, executor, environment, kind, pid, other, tag, value }
    : { sequence, timeMs, executor, environment, kind, pid, other, tag, value, text };
}

/** What a subscriber gets per tick (about 30 a second while something happens). */
export interface InspectionBatch {
  /** In order of `sequence` per executor. */
  readonly events: readonly InspectionEvent[];
  /** Records lost since the batch before, because the ring was full. After a loss a snapshot follows by itself. */
  readonly dropped: number;
  /** The whole state, when one was due (first batch, after a loss): replaces what the subscriber knew. */
  readonly snapshot?: InspectionSnapshot;
}

/** The processes of one executor at one moment. */
export interface InspectionSnapshot {
  /** State as of this sequence number: events of the executor up to it are contained. */
  readonly sequence: number;
  readonly executor: number;
  /** undefined: the executor has not told, because it is lost. */
  readonly pace?: Pace;
  /** The processes that live on this executor. */
  readonly processes: readonly ProcessSnapshot[];
}

/** As the kernel has it; "unstarted": it exists and has not run yet. */
export type ProcessState = "unstarted" | "runnable" | "running" | "parked" | "ended";

/** One process at one moment. */
export interface ProcessSnapshot {
  readonly pid: number;
  readonly parent: number;
  readonly state: ProcessState;
  /** Why it waits; undefined unless it is parked. */
  readonly parkReason: ParkReason | undefined;
  /** Of a receive: the tags it waits for; empty: any message, or it is in no receive. */
  readonly awaitedTags: readonly bigint[];
  /** Human name of what it runs (see abi/processName.ts), e.g. "counter::Counter". */
  readonly label: string;
  /** Id of its module; 0 = none, its code runs on the page. */
  readonly module: number;
  readonly names: readonly string[];
  readonly links: readonly number[];
  /** Whom this process monitors. */
  readonly monitors: readonly number[];
  readonly mailboxDepth: number;
  readonly messagesSent: number;
  readonly messagesReceived: number;
  readonly memoryBytes: number;
  /** Instructions executed so far. */
  readonly fuelUsed: number;
}
