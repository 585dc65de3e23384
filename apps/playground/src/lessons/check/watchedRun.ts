import { EventKind, type InspectionEvent, ParkReason, type SystemModel } from "@lunatic-web/runtime/inspect";
import type { StorageView, WatchedRows } from "./storageLook.ts";
import { ProcessRecord, type WatchedProcess } from "./watchedProcess.ts";

/** A message that one process sent to another. */
export interface WatchedMessage {
  readonly from: number;
  readonly to: number;
  /** 0: it has none. */
  readonly tag: bigint;
  /** Of its content. */
  readonly bytes: number;
  /** It came with the process: the argument of `spawn`. */
  readonly isArgument: boolean;
  /** When, by the count that `startedAt` and `endedAt` use. */
  readonly at: number;
}

/** What a lesson's check looks at: all that was seen of the run so far. */
export interface WatchedRun {
  /** In the order in which they came; the first 20,000. The first one runs `main`. */
  readonly processes: readonly WatchedProcess[];
  process(pid: number): WatchedProcess | undefined;
  /** Those that a process started, in their order. */
  children(pid: number): readonly WatchedProcess[];
  /** In the order in which they were sent; the first 20,000. */
  readonly messages: readonly WatchedMessage[];
  /** What all processes wrote to stdout: whole lines. Those of one process are in order. */
  readonly lines: readonly string[];
  /** The most processes that lived at one time. Right also where single events were lost. */
  readonly mostAlive: number;
  /** Messages that came to a process so far. Right also where single events were lost. */
  received(pid: number): number;
  /**
   * What a query finds in a database, asked anew while the program runs and when a process has ended. undefined: it was not
   * asked since then, or it fails: the table is not there yet. A database outlives a run, so what is found while the
   * program has not begun to fill it may be from the last one.
   */
  rows(database: string, sql: string): WatchedRows | undefined;
  /** What is in a file, as text, by its absolute path; looked up as `rows` is. undefined: also where there is no such file. */
  text(path: string): string | undefined;
  /** The first process, which runs `main`; undefined before it is there. */
  readonly root: WatchedProcess | undefined;
}

/** Enough for every lesson; the rest of a flood is counted by the model, not listed. */
const LIST_LIMIT = 20_000;

/** Values of a Signal event: numbers of the record format. */
const SIGNAL_LINK_ENDED = 5;
const SIGNAL_PROCESS_ENDED = 8;

/** Takes in the events and the output of one run. */
export class RunWatch implements WatchedRun {
  readonly #records = new Map<number, ProcessRecord>();
  readonly #children = new Map<number, ProcessRecord[]>();
  readonly processes: ProcessRecord[] = [];
  readonly messages: WatchedMessage[] = [];
  readonly lines: string[] = [];
  mostAlive = 0;
  #model: SystemModel | undefined;
  #at = 0;
  /** Children that were given their argument. */
  readonly #given = new Set<number>();
  readonly #storage: StorageView | undefined;
  #ends = 0;

  constructor(storage?: StorageView) {
    this.#storage = storage;
  }

  /** Processes that have ended. */
  get ends(): number {
    return this.#ends;
  }

  get root(): WatchedProcess | undefined {
    return this.process(1);
  }

  process(pid: number): WatchedProcess | undefined {
    return this.#records.get(pid);
  }

  children(pid: number): readonly WatchedProcess[] {
    return this.#children.get(pid) ?? [];
  }

  rows(database: string, sql: string): WatchedRows | undefined {
    return this.#storage?.rows(database, sql, this.#ends);
  }

  text(path: string): string | undefined {
    return this.#storage?.text(path, this.#ends);
  }

  received(pid: number): number {
    return this.#model?.process(pid)?.messagesReceived ?? 0;
  }

  /** @param model has taken these events in already */
  apply(events: readonly InspectionEvent[], model: SystemModel): void {
    for (const event of events) this.#apply(event);
    this.mostAlive = model.counters.mostAlive;
    this.#model = model;
  }

  /** @param text may begin and end within a line */
  write(pid: number, stream: "stdout" | "stderr", text: string): void {
    if (stream !== "stdout") return;
    const record = this.#enter(pid);
    if (!record) return;
    const before = record.lines.length;
    record.write(text);
    for (const line of record.lines.slice(before)) {
      if (this.lines.length < LIST_LIMIT) this.lines.push(line);
    }
  }

  #enter(pid: number): ProcessRecord | undefined {
    const known = this.#records.get(pid);
    if (known || this.processes.length >= LIST_LIMIT) return known;
    const record = new ProcessRecord(pid);
    this.#records.set(pid, record);
    this.processes.push(record);
    return record;
  }

  #apply(event: InspectionEvent): void {
    const at = ++this.#at;
    const { kind, pid, other, tag, value, text = "" } = event;
    if (kind === EventKind.EnvironmentEnded || kind === EventKind.Pace || kind === EventKind.MoreMessages)
      return;
    const record = this.#enter(pid);
    if (!record) return;
    switch (kind) {
      case EventKind.Spawn:
        this.#spawn(record, other, value, text, at);
        break;
      case EventKind.Park:
        record.park(value === ParkReason.Receive);
        break;
      case EventKind.FuelUsed:
        record.instructions = value;
        break;
      case EventKind.Wake:
        record.wake();
        break;
      case EventKind.MessageSent:
        record.act();
        this.#send(pid, other, tag, value, at);
        break;
      case EventKind.MessageQueued:
        record.queue(other, tag);
        break;
      case EventKind.MessageTaken:
        record.take(other, tag);
        break;
      case EventKind.Link:
        record.links.add(other);
        break;
      case EventKind.Monitor:
        record.monitors.add(other);
        break;
      case EventKind.Signal:
        if (value === SIGNAL_LINK_ENDED) record.note(record.linkEnds, other);
        if (value === SIGNAL_PROCESS_ENDED) record.note(record.monitoredEnds, other);
        break;
      case EventKind.NameRegistered:
        record.names.add(text);
        break;
      case EventKind.Exit:
        if (tag !== 0n) record.instructions = Number(tag);
        record.end(value, other, at);
        this.#ends++;
        break;
      case EventKind.Notice:
        record.note(record.notices, text);
        break;
      default:
        break;
    }
  }

  #spawn(record: ProcessRecord, parent: number, module: number, entry: string, at: number): void {
    record.parent = parent;
    record.entry = entry;
    record.module = module;
    record.startedAt = at;
    this.#enter(parent)?.act();
    const siblings = this.#children.get(parent);
    if (siblings) siblings.push(record);
    else this.#children.set(parent, [record]);
  }

  #send(from: number, to: number, tag: bigint, bytes: number, at: number): void {
    if (this.messages.length >= LIST_LIMIT) return;
    const isArgument = this.#records.get(to)?.parent === from && from !== 0 && !this.#given.has(to);
    if (isArgument) this.#given.add(to);
    this.messages.push({ from, to, tag, bytes, isArgument, at });
  }
}
