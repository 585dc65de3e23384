import type { ParkReason } from "./events.ts";
import type { ProcessState } from "./inspectionEvent.ts";

/** What an observer knows of one process. A live object: the model changes it in place, readers only look. */
export interface ObservedProcess {
  readonly pid: number;
  /** 0: a root process, or its spawn was not observed. */
  readonly parent: number;
  /** Human name of what it runs; empty until its spawn is known. */
  readonly label: string;
  /** Id of its module; 0: its code runs on the page; undefined until its spawn is known. */
  readonly module: number | undefined;
  readonly names: ReadonlySet<string>;
  readonly state: ProcessState;
  /** Why it waits; undefined unless `state` is "parked" or it waits for its turn or its first stack. */
  readonly parkReason: ParkReason | undefined;
  /** How many tags its receive waits for; 0: any message, or it is in no receive. */
  readonly awaitedTagCount: number;
  /** The first of them. */
  readonly awaitedTag: bigint;
  /** Processes it is linked to; of an ended process: those it was linked to when it ended. */
  readonly links: ReadonlySet<number>;
  /** Processes whose death it wants to hear of. */
  readonly monitors: ReadonlySet<number>;
  readonly monitoredBy: ReadonlySet<number>;
  readonly mailboxDepth: number;
  readonly messagesSent: number;
  readonly messagesReceived: number;
  readonly memoryBytes: number;
  /** Instructions. */
  readonly fuelUsed: number;
  /** undefined until an event shows where it runs: a process that waits for its start may still be placed anew. */
  readonly executor: number | undefined;
  /** Milliseconds of the run's clock; undefined if its spawn was not observed. */
  readonly spawnedMs: number | undefined;
  readonly endedMs: number | undefined;
  /** An ExitCode of the kernel; undefined while it lives and when its end was inferred, not observed. */
  readonly exitCode: number | undefined;
  /** Why it ended, for people; empty while it lives. */
  readonly exitText: string;
  /** Message and the guest's stack, see `parseTrap`; empty unless it trapped. */
  readonly trapText: string;
  /** How many processes of the same parent and entry function failed before it, each replaced by the next. */
  readonly restarts: number;
  /** The model's revision when any field last changed. */
  readonly revision: number;
}

/** The model's own side of an ObservedProcess. */
export interface ProcessRecord extends Mutable<Omit<ObservedProcess, RelationField>> {
  names: Set<string> | typeof NONE;
  links: Set<number> | typeof NONE;
  monitors: Set<number> | typeof NONE;
  monitoredBy: Set<number> | typeof NONE;
  /** Of the latest event or snapshot that told something of it. */
  lastSequence: number;
}

export type RelationField = "names" | "links" | "monitors" | "monitoredBy";
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * Stands for every empty relation: most processes have no name, link or monitor, and four empty sets each would
 * be 40,000 objects at 10,000 processes.
 */
export const NONE: ReadonlySet<never> = new Set<never>();

export function newProcessRecord(pid: number): ProcessRecord {
  return {
    pid,
    parent: 0,
    label: "",
    module: undefined,
    names: NONE,
    state: "unstarted",
    parkReason: undefined,
    awaitedTagCount: 0,
    awaitedTag: 0n,
    links: NONE,
    monitors: NONE,
    monitoredBy: NONE,
    mailboxDepth: 0,
    messagesSent: 0,
    messagesReceived: 0,
    memoryBytes: 0,
    fuelUsed: 0,
    executor: undefined,
    spawnedMs: undefined,
    endedMs: undefined,
    exitCode: undefined,
    exitText: "",
    trapText: "",
    restarts: 0,
    revision: 0,
    lastSequence: -1,
  };
}

/** @returns false when it was there already */
export function addRelation(process: ProcessRecord, field: RelationField, value: number | string): boolean {
  const present = process[field] as ReadonlySet<number | string>;
  if (present.has(value)) return false;
  if (present === NONE) (process[field] as ReadonlySet<number | string>) = new Set([value]);
  else (present as Set<number | string>).add(value);
  return true;
}

/** @returns false when it was not there */
export function removeRelation(
  process: ProcessRecord,
  field: RelationField,
  value: number | string,
): boolean {
  const present = process[field] as ReadonlySet<number | string>;
  if (present === NONE) return false;
  return (present as Set<number | string>).delete(value);
}

/** A copy that shares nothing that changes. */
export function copyProcessRecord(process: ProcessRecord): ProcessRecord {
  const { names, links, monitors, monitoredBy } = process;
  return {
    ...process,
    names: names.size === 0 ? NONE : new Set(names),
    links: links.size === 0 ? NONE : new Set(links),
    monitors: monitors.size === 0 ? NONE : new Set(monitors),
    monitoredBy: monitoredBy.size === 0 ? NONE : new Set(monitoredBy),
  };
}
