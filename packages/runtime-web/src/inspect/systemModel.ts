import { EventKind, ParkReason } from "./events.ts";
import type {
  InspectionBatch,
  InspectionEvent,
  InspectionSnapshot,
  ProcessSnapshot,
} from "./inspectionEvent.ts";
import type { ObservedProcess, ProcessRecord } from "./observedProcess.ts";
import { type Pace, paceOf, RUNNING } from "./pace.ts";
import { type LedgerFrame, ProcessLedger, type SystemChange, type SystemCounters } from "./processLedger.ts";

/** Ended processes that stay visible unless a smaller or larger number is asked for. */
const ENDED_KEPT = 1_000;
/** Causes for ends that no Exit event told. */
const ENDED_UNSEEN = "it ended while records were lost";
const ENVIRONMENT_GONE = "its environment ended";

/** Numbers of kernel/exit.ts (returned, exited, environmentEnded) for ends after which nobody needs a successor. */
const PEACEFUL_ENDS: ReadonlySet<number> = new Set([1, 2, 7]);

/** A whole model at one moment; never changed once it is made. For the constructor of another. */
export interface SystemFrame {
  readonly timeMs: number;
  readonly processCount: number;
  /** Records of processes and entries of their relations that it does not share with the frame before. */
  readonly copied: number;
}

/** What a frame is made of; only recordings look into it. */
export interface FrameParts {
  readonly ledger: LedgerFrame;
  /** Executor to the sequence number of its latest snapshot. */
  readonly snapshots: ReadonlyMap<number, number>;
  readonly pace: Pace;
  readonly paceSequence: number;
}

const PARTS = new WeakMap<SystemFrame, FrameParts>();

/** @internal Made by `capture` or `createFrame`. */
export function partsOf(frame: SystemFrame): FrameParts {
  return PARTS.get(frame)!;
}

/** @internal */
export function createFrame(timeMs: number, parts: FrameParts): SystemFrame {
  const { processes, copied } = parts.ledger;
  const frame = { timeMs, processCount: processes.size, copied };
  PARTS.set(frame, parts);
  return frame;
}

/**
 * The state of one running environment as far as its inspection batches tell: a reducer without clock, timer or
 * subscription. `apply` costs time in proportion to the batch, a snapshot in proportion to all processes.
 *
 * Batches order events per executor only. So an event may name a process whose spawn comes later (it is entered,
 * and completed then), and the spawn or a message of a process may come after its end (it stays ended).
 */
export class SystemModel {
  readonly #ledger: ProcessLedger;
  /** Executor to the sequence number of its latest snapshot; -1 before the first. */
  readonly #snapshots = new Map<number, number>();
  #timeMs = 0;
  #pace = RUNNING;
  /** Of what told the pace last. */
  #paceSequence = -1;

  readonly #endedKept: number;

  /**
   * @param endedKept ended processes to keep, the latest ones; default 1,000
   * @param from a model to begin as, as `capture` gave it out
   */
  constructor(endedKept = ENDED_KEPT, from?: SystemFrame) {
    this.#endedKept = endedKept;
    const parts = from && partsOf(from);
    this.#ledger = new ProcessLedger(endedKept, parts?.ledger);
    if (!from || !parts) return;
    for (const [executor, sequence] of parts.snapshots) this.#snapshots.set(executor, sequence);
    this.#timeMs = from.timeMs;
    this.#pace = parts.pace;
    this.#paceSequence = parts.paceSequence;
  }

  /** Ended processes that it keeps. */
  get endedKept(): number {
    return this.#endedKept;
  }

  /** Ended processes that it does not keep any more. */
  get forgotten(): number {
    return this.#ledger.forgottenCount;
  }

  /** All it knows now, to go back to. Shares with the frame before what did not change since. */
  capture(): SystemFrame {
    return createFrame(this.#timeMs, {
      ledger: this.#ledger.capture(),
      snapshots: new Map(this.#snapshots),
      pace: this.#pace,
      paceSequence: this.#paceSequence,
    });
  }

  /** How many processes, messages and other things there have been until now. */
  get counters(): SystemCounters {
    return this.#ledger.counters;
  }

  /** Living processes and the latest ended ones, by pid, in the order they were first heard of. */
  get processes(): ReadonlyMap<number, ObservedProcess> {
    return this.#ledger.processes;
  }

  /** The run's clock at the latest event, in milliseconds. */
  get timeMs(): number {
    return this.#timeMs;
  }

  /** Whether it runs, stands still or goes slowly. */
  get pace(): Pace {
    return this.#pace;
  }

  /** Counts calls of `apply` and `finish`: a process with this revision changed in the last one. */
  get revision(): number {
    return this.#ledger.revision;
  }

  /** Counts the changes after which processes came, went, ended or got another parent; messages do not count. */
  get treeRevision(): number {
    return this.#ledger.treeRevision;
  }

  /** undefined: unknown, or forgotten because it ended long ago. */
  process(pid: number): ObservedProcess | undefined {
    return this.#ledger.processes.get(pid);
  }

  /** The process a registry name leads to. */
  named(name: string): ObservedProcess | undefined {
    return this.#ledger.named(name);
  }

  /**
   * Before which of a batch's events its snapshot counts: all up to there are contained in it. The number of events if
   * after all of them, -1 if the batch has none.
   */
  static snapshotPosition({ events, snapshot }: InspectionBatch): number {
    if (!snapshot) return -1;
    const index = events.findIndex(
      (event) => event.executor === snapshot.executor && event.sequence > snapshot.sequence,
    );
    return index === -1 ? events.length : index;
  }

  /** Takes in one batch; the order of calls is the order of the subscription. */
  apply(batch: InspectionBatch): SystemChange {
    this.#ledger.beginChange();
    this.#ledger.counters.dropped += batch.dropped;
    this.#ledger.counters.events += batch.events.length;
    const { events, snapshot } = batch;
    const position = SystemModel.snapshotPosition(batch);
    for (let index = 0; index < events.length; index++) {
      if (index === position) this.#restore(snapshot!);
      this.#applyEvent(events[index]!);
    }
    if (position === events.length) this.#restore(snapshot!);
    return this.#ledger.endChange();
  }

  /** The subscription is over: what still counts as living ended with its environment. Idempotent. */
  finish(): SystemChange {
    this.#ledger.beginChange();
    for (const process of this.#ledger.processes.values()) {
      if (process.state !== "ended")
        this.#ledger.setEnded(process, ENVIRONMENT_GONE, undefined, this.#timeMs);
    }
    return this.#ledger.endChange();
  }

  #applyEvent(event: InspectionEvent): void {
    if (event.timeMs > this.#timeMs) this.#timeMs = event.timeMs;
    const snapshotSequence = this.#snapshots.get(event.executor);
    if (snapshotSequence === undefined) this.#snapshots.set(event.executor, -1);
    else if (event.sequence <= snapshotSequence && !isHistory(event.kind)) return;
    if (event.kind === EventKind.EnvironmentEnded) return;
    if (event.kind === EventKind.MoreMessages) {
      // Of how many there were its processes' samples tell.
      this.#ledger.counters.messagesLeftOut += event.value;
      return;
    }
    if (event.kind === EventKind.Pace) {
      this.#setPace(paceOf(event.value, event.other), event.sequence);
      return;
    }
    const process = this.#ledger.enter(event.pid);
    if (!process) return;
    if (event.sequence > process.lastSequence) process.lastSequence = event.sequence;
    if (tellsState(event.kind)) this.#applyState(process, event);
    else if (isHistory(event.kind)) this.#applyHistory(process, event);
    else if (process.state !== "ended") this.#applyToLiving(process, event);
  }

  #setPace(pace: Pace, sequence: number): void {
    if (sequence < this.#paceSequence) return;
    this.#pace = pace;
    this.#paceSequence = sequence;
  }

  #applyHistory(process: ProcessRecord, event: InspectionEvent): void {
    const text = event.text ?? "";
    if (event.kind === EventKind.Spawn) {
      this.#ledger.setSpawned(process, event.other, text, event.value, event.timeMs);
    } else if (event.kind === EventKind.Trap) {
      this.#ledger.setTrap(process, text);
    } else if (process.exitCode === undefined) {
      if (event.tag !== 0n) process.fuelUsed = Number(event.tag);
      this.#ledger.setEnded(process, text, event.value, event.timeMs, !PEACEFUL_ENDS.has(event.value));
    }
  }

  /**
   * Start, Park and Wake come from the executor a process runs on, in the order they happened: after an end that
   * was only inferred they prove it wrong.
   */
  #applyState(process: ProcessRecord, event: InspectionEvent): void {
    if (process.exitCode !== undefined) return;
    if (process.state === "ended") this.#ledger.revive(process);
    process.executor = event.executor;
    if (event.kind === EventKind.Park) {
      process.state = parkedState(event.value);
      process.parkReason = event.value as ParkReason;
      process.awaitedTagCount = event.other;
      process.awaitedTag = event.tag;
    } else {
      process.state = event.kind === EventKind.Start ? "running" : "runnable";
      process.parkReason = undefined;
      process.awaitedTagCount = 0;
    }
    if (event.kind === EventKind.Start && event.value > 0) this.#ledger.setMemory(process, event.value);
    this.#ledger.touch(process);
  }

  #applyToLiving(process: ProcessRecord, event: InspectionEvent): void {
    const ledger = this.#ledger;
    switch (event.kind) {
      case EventKind.MessageSent:
        ledger.setMessages(process, process.messagesSent + 1, process.messagesReceived);
        break;
      case EventKind.MessageQueued:
        ledger.setDepth(process, event.value);
        ledger.setMessages(process, process.messagesSent, process.messagesReceived + 1);
        break;
      case EventKind.MessageTaken:
        ledger.setDepth(process, event.value);
        break;
      case EventKind.MailboxSample:
        ledger.setDepth(process, event.value);
        ledger.setMessages(process, Number(event.tag), event.other);
        break;
      case EventKind.Link:
        ledger.link(process, event.other);
        break;
      case EventKind.Unlink:
        ledger.unlink(process, event.other);
        break;
      case EventKind.Monitor:
        ledger.monitor(process, event.other);
        break;
      case EventKind.StopMonitoring:
        ledger.stopMonitoring(process, event.other);
        break;
      case EventKind.NameRegistered:
        ledger.addName(process, event.text ?? "");
        break;
      case EventKind.NameRemoved:
        ledger.removeName(process, event.text ?? "");
        break;
      case EventKind.MemorySize:
        ledger.setMemory(process, event.value);
        break;
      case EventKind.FuelUsed:
        process.fuelUsed = event.value;
        ledger.touch(process);
        break;
      default:
        // Signals, output and notices leave no trace in the state.
        break;
    }
  }

  /** Replaces all that is known of one executor's processes. */
  #restore(snapshot: InspectionSnapshot): void {
    this.#snapshots.set(snapshot.executor, snapshot.sequence);
    if (snapshot.pace !== undefined) this.#setPace(snapshot.pace, snapshot.sequence);
    const contained = new Set<number>();
    // All are entered first: a monitored process finds its monitors wherever in the list they are.
    for (const state of snapshot.processes) {
      contained.add(state.pid);
      this.#ledger.enter(state.pid);
    }
    for (const state of snapshot.processes) {
      const process = this.#ledger.enter(state.pid);
      if (!process || process.exitCode !== undefined) continue;
      if (process.state === "ended") this.#ledger.revive(process);
      this.#restoreProcess(process, state, snapshot);
    }
    // A process whose executor is not known may live on any: it is gone once all were heard without it.
    const heardAllSince = Math.min(...this.#snapshots.values());
    for (const process of this.#ledger.processes.values()) {
      if (process.state === "ended" || contained.has(process.pid)) continue;
      const heardSince = process.executor === undefined ? heardAllSince : snapshot.sequence;
      const livesElsewhere = process.executor !== undefined && process.executor !== snapshot.executor;
      if (livesElsewhere || process.lastSequence > heardSince) continue;
      this.#ledger.setEnded(process, ENDED_UNSEEN, undefined, this.#timeMs);
    }
  }

  #restoreProcess(process: ProcessRecord, state: ProcessSnapshot, snapshot: InspectionSnapshot): void {
    const ledger = this.#ledger;
    process.label = state.label;
    process.module = state.module;
    process.state = state.state;
    process.parkReason = state.parkReason;
    process.awaitedTagCount = state.awaitedTags.length;
    process.awaitedTag = state.awaitedTags[0] ?? 0n;
    process.executor = snapshot.executor;
    process.fuelUsed = state.fuelUsed;
    process.lastSequence = Math.max(process.lastSequence, snapshot.sequence);
    ledger.setParent(process, state.parent);
    ledger.setNames(process, state.names);
    ledger.setLinks(process, state.links);
    ledger.setMonitoredBy(process, state.monitors);
    ledger.setDepth(process, state.mailboxDepth);
    ledger.setMessages(process, state.messagesSent, state.messagesReceived);
    ledger.setMemory(process, state.memoryBytes);
  }
}

/** Kinds that a snapshot does not contain, so that they count also when they come after it. */
function isHistory(kind: EventKind): boolean {
  return kind === EventKind.Spawn || kind === EventKind.Trap || kind === EventKind.Exit;
}

function tellsState(kind: EventKind): boolean {
  return kind === EventKind.Start || kind === EventKind.Park || kind === EventKind.Wake;
}

function parkedState(reason: number): ProcessRecord["state"] {
  if (reason === ParkReason.Preempted) return "runnable";
  return reason === ParkReason.AwaitingStack ? "unstarted" : "parked";
}
