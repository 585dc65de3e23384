import {
  addRelation,
  copyProcessRecord,
  NONE,
  newProcessRecord,
  type ProcessRecord,
  type RelationField,
  removeRelation,
} from "./observedProcess.ts";
import { Vacancies } from "./vacancies.ts";

/** Totals of a run since observation began. */
export interface SystemCounters {
  readonly alive: number;
  readonly mostAlive: number;
  readonly spawned: number;
  readonly ended: number;
  readonly trapped: number;
  readonly messagesSent: number;
  readonly messagesReceived: number;
  /** Of those sent, so many were not told one by one, because they were too many (Detail "sampled"). */
  readonly messagesLeftOut: number;
  /** Of the living processes. */
  readonly memoryBytes: number;
  readonly events: number;
  /** Records lost because the observer was slower than the system. */
  readonly dropped: number;
}

/** What one batch changed. Holds pids, not processes. */
export interface SystemChange {
  /** Every process with a new value in any field, those below included, without the forgotten ones. */
  readonly changed: ReadonlySet<number>;
  readonly spawned: readonly number[];
  readonly ended: readonly number[];
  readonly trapped: readonly number[];
  /** Ended processes that no longer fit into the bound and are gone from the model. */
  readonly forgotten: readonly number[];
  /** Processes came, went or got another parent: an order by parent must be made anew. */
  readonly treeChanged: boolean;
}

/** All that a ledger knows, at one moment; never changed once it is made. */
export interface LedgerFrame {
  /** Records that did not change between two frames are the same object in both. */
  readonly processes: ReadonlyMap<number, ProcessRecord>;
  readonly counters: SystemCounters;
  readonly revision: number;
  readonly treeRevision: number;
  readonly ended: readonly number[];
  readonly forgotten: readonly number[];
  readonly nameOwners: ReadonlyMap<string, number>;
  readonly vacancies: Vacancies;
  /** Records and entries of their relations that this frame does not share with the one before. */
  readonly copied: number;
}

/** Forgotten processes whose late events are known as such; events come late by a batch or two. */
const LATE_EVENTS_OF = 8_192;
/** A trap's text longer than this is cut: a deep recursion prints megabytes of frames. */
const TRAP_TEXT_LIMIT = 20_000;

/**
 * The records behind a SystemModel and every way they change, so that totals, the change set, the registry and the
 * two ends of a relation always agree. It knows nothing of events, executors or their order.
 */
export class ProcessLedger {
  readonly processes = new Map<number, ProcessRecord>();
  readonly counters = {
    alive: 0,
    mostAlive: 0,
    spawned: 0,
    ended: 0,
    trapped: 0,
    messagesSent: 0,
    messagesReceived: 0,
    messagesLeftOut: 0,
    memoryBytes: 0,
    events: 0,
    dropped: 0,
  };
  revision = 0;
  treeRevision = 0;
  readonly #endedKept: number;
  /** Oldest first. */
  readonly #ended = new Set<number>();
  /** Pids forgotten lately: late events must not bring them back as ghosts. Oldest first, bounded. */
  readonly #forgotten = new Set<number>();
  readonly #nameOwners = new Map<string, number>();
  #vacancies = new Vacancies();
  #change = newChange();
  /** Of the latest frame. */
  #captured: ReadonlyMap<number, ProcessRecord> = new Map();

  /** @param from to go on from there */
  constructor(endedKept: number, from?: LedgerFrame) {
    this.#endedKept = endedKept;
    if (!from) return;
    for (const [pid, process] of from.processes) this.processes.set(pid, copyProcessRecord(process));
    Object.assign(this.counters, from.counters);
    this.revision = from.revision;
    this.treeRevision = from.treeRevision;
    for (const pid of from.ended) this.#ended.add(pid);
    for (const pid of from.forgotten) this.#forgotten.add(pid);
    for (const [name, pid] of from.nameOwners) this.#nameOwners.set(name, pid);
    this.#vacancies = new Vacancies(from.vacancies);
  }

  /** Ended processes that are not kept any more. */
  get forgottenCount(): number {
    return this.counters.ended - this.#ended.size;
  }

  /** Costs a look at every process and a copy of those that changed since the last time. */
  capture(): LedgerFrame {
    const processes = new Map<number, ProcessRecord>();
    let copied = 0;
    for (const process of this.processes.values()) {
      let copy = this.#captured.get(process.pid);
      if (copy?.revision !== process.revision || copy.lastSequence !== process.lastSequence) {
        copy = copyProcessRecord(process);
        copied += 1 + copy.names.size + copy.links.size + copy.monitors.size + copy.monitoredBy.size;
      }
      processes.set(process.pid, copy);
    }
    this.#captured = processes;
    return {
      processes,
      counters: { ...this.counters },
      revision: this.revision,
      treeRevision: this.treeRevision,
      ended: [...this.#ended],
      forgotten: [...this.#forgotten],
      nameOwners: new Map(this.#nameOwners),
      vacancies: new Vacancies(this.#vacancies),
      copied,
    };
  }

  beginChange(): void {
    this.revision++;
    this.#change = newChange();
  }

  /** Forgets the ended processes beyond the bound and hands out what changed since `beginChange`. */
  endChange(): SystemChange {
    for (const pid of this.#ended) {
      if (this.#ended.size <= this.#endedKept) break;
      this.#forget(pid);
    }
    if (this.#change.treeChanged || this.#change.ended.length > 0) this.treeRevision++;
    return this.#change;
  }

  /** The record of a pid, made when it is new; undefined for pid 0 ("no process") and for what was forgotten. */
  enter(pid: number): ProcessRecord | undefined {
    const known = this.processes.get(pid);
    if (known) return known;
    if (pid === 0 || this.#forgotten.has(pid)) return undefined;
    const process = newProcessRecord(pid);
    this.processes.set(pid, process);
    this.counters.spawned++;
    this.#countAlive(1);
    this.#change.spawned.push(pid);
    this.#change.treeChanged = true;
    this.touch(process);
    return process;
  }

  touch(process: ProcessRecord): void {
    if (process.revision === this.revision) return;
    process.revision = this.revision;
    this.#change.changed.add(process.pid);
  }

  setParent(process: ProcessRecord, parent: number): void {
    if (process.parent === parent) return;
    process.parent = parent;
    this.#change.treeChanged = true;
    this.touch(process);
  }

  /** Its spawn is known: it may be the successor of one that failed. */
  setSpawned(process: ProcessRecord, parent: number, label: string, module: number, timeMs: number): void {
    this.setParent(process, parent);
    if (label !== "") process.label = label;
    process.module = module;
    process.spawnedMs = timeMs;
    if (process.state !== "ended") process.restarts = this.#vacancies.take(parent, label);
    this.touch(process);
  }

  setDepth(process: ProcessRecord, depth: number): void {
    process.mailboxDepth = depth;
    this.touch(process);
  }

  setMessages(process: ProcessRecord, sent: number, received: number): void {
    this.counters.messagesSent += sent - process.messagesSent;
    this.counters.messagesReceived += received - process.messagesReceived;
    process.messagesSent = sent;
    process.messagesReceived = received;
    this.touch(process);
  }

  setMemory(process: ProcessRecord, bytes: number): void {
    this.counters.memoryBytes += bytes - process.memoryBytes;
    process.memoryBytes = bytes;
    this.touch(process);
  }

  setTrap(process: ProcessRecord, text: string): void {
    if (process.trapText !== "") return;
    process.trapText = text.slice(0, TRAP_TEXT_LIMIT) || "trapped";
    this.counters.trapped++;
    this.#change.trapped.push(process.pid);
    this.touch(process);
  }

  /** A second call, with the observed cause after an inferred one, corrects the first. */
  setEnded(
    process: ProcessRecord,
    exitText: string,
    exitCode: number | undefined,
    timeMs: number,
    failed = false,
  ): void {
    if (failed && process.state !== "ended") {
      this.#vacancies.leave(process.parent, process.label, process.restarts);
    }
    process.exitText = exitText;
    process.exitCode = exitCode;
    process.endedMs = timeMs;
    this.touch(process);
    if (process.state === "ended") return;
    process.state = "ended";
    process.parkReason = undefined;
    this.#countAlive(-1);
    this.counters.ended++;
    this.counters.memoryBytes -= process.memoryBytes;
    this.#ended.add(process.pid);
    this.#change.ended.push(process.pid);
    for (const pid of process.links) this.#letGo(pid, "links", process.pid);
    for (const pid of process.monitoredBy) this.#letGo(pid, "monitors", process.pid);
  }

  /** Takes back an end that was inferred and turned out wrong. The caller sets the state. */
  revive(process: ProcessRecord): void {
    process.exitText = "";
    process.endedMs = undefined;
    process.state = "unstarted";
    this.#countAlive(1);
    this.counters.ended--;
    this.counters.memoryBytes += process.memoryBytes;
    this.#ended.delete(process.pid);
    this.#change.treeChanged = true;
    this.touch(process);
  }

  link(process: ProcessRecord, other: number): void {
    if (addRelation(process, "links", other)) this.touch(process);
  }

  unlink(process: ProcessRecord, other: number): void {
    if (removeRelation(process, "links", other)) this.touch(process);
  }

  monitor(process: ProcessRecord, other: number): void {
    if (!addRelation(process, "monitors", other)) return;
    this.touch(process);
    const monitored = this.processes.get(other);
    if (monitored && addRelation(monitored, "monitoredBy", process.pid)) this.touch(monitored);
  }

  stopMonitoring(process: ProcessRecord, other: number): void {
    if (!removeRelation(process, "monitors", other)) return;
    this.touch(process);
    this.#unwatch(other, process.pid);
  }

  addName(process: ProcessRecord, name: string): void {
    const before = this.#nameOwners.get(name);
    if (before !== undefined && before !== process.pid) {
      const owner = this.processes.get(before);
      if (owner && removeRelation(owner, "names", name)) this.touch(owner);
    }
    this.#nameOwners.set(name, process.pid);
    if (addRelation(process, "names", name)) this.touch(process);
  }

  removeName(process: ProcessRecord, name: string): void {
    if (this.#nameOwners.get(name) === process.pid) this.#nameOwners.delete(name);
    if (removeRelation(process, "names", name)) this.touch(process);
  }

  setLinks(process: ProcessRecord, links: readonly number[]): void {
    process.links = links.length === 0 ? NONE : new Set(links);
    this.touch(process);
  }

  /** A monitor is known where the monitored process lives, so it is restored from that end. */
  setMonitoredBy(process: ProcessRecord, monitors: readonly number[]): void {
    for (const pid of process.monitoredBy) {
      if (monitors.includes(pid)) continue;
      this.#letGo(pid, "monitors", process.pid);
      this.#unwatch(process.pid, pid);
    }
    for (const pid of monitors) {
      const monitor = this.processes.get(pid);
      if (monitor && addRelation(monitor, "monitors", process.pid)) this.touch(monitor);
      if (addRelation(process, "monitoredBy", pid)) this.touch(process);
    }
  }

  setNames(process: ProcessRecord, names: readonly string[]): void {
    for (const name of process.names) if (!names.includes(name)) this.removeName(process, name);
    for (const name of names) this.addName(process, name);
  }

  named(name: string): ProcessRecord | undefined {
    const pid = this.#nameOwners.get(name);
    return pid === undefined ? undefined : this.processes.get(pid);
  }

  #countAlive(by: 1 | -1): void {
    this.counters.alive += by;
    this.counters.mostAlive = Math.max(this.counters.mostAlive, this.counters.alive);
  }

  /** Takes an ended process out of what a living one holds on to; ended ones keep what they had. */
  #letGo(pid: number, field: RelationField, gone: number): void {
    const process = this.processes.get(pid);
    if (process && process.state !== "ended" && removeRelation(process, field, gone)) this.touch(process);
  }

  #unwatch(monitored: number, by: number): void {
    const process = this.processes.get(monitored);
    if (process && removeRelation(process, "monitoredBy", by)) this.touch(process);
  }

  #forget(pid: number): void {
    const process = this.processes.get(pid)!;
    for (const name of process.names) if (this.#nameOwners.get(name) === pid) this.#nameOwners.delete(name);
    for (const other of process.monitors) this.#unwatch(other, pid);
    this.#ended.delete(pid);
    this.processes.delete(pid);
    this.#change.changed.delete(pid);
    this.#change.forgotten.push(pid);
    this.#change.treeChanged = true;
    this.#forgotten.add(pid);
    if (this.#forgotten.size > LATE_EVENTS_OF) {
      this.#forgotten.delete(this.#forgotten.values().next().value!);
    }
  }
}

function newChange() {
  return {
    changed: new Set<number>(),
    spawned: [] as number[],
    ended: [] as number[],
    trapped: [] as number[],
    forgotten: [] as number[],
    treeChanged: false,
  };
}
