import { EventKind, ParkReason } from "../inspect/events.ts";
import type { InspectionSnapshot, ProcessSnapshot } from "../inspect/inspectionEvent.ts";
import type { Pace } from "../inspect/pace.ts";
import type { PackedBatch } from "../inspect/packedRecords.ts";
import { Recorder, type RecorderOptions } from "../inspect/recorder.ts";
import type { Environment } from "../kernel/environment.ts";
import type { Process, ProcessBody } from "../kernel/process.ts";
import type { WasmBody } from "../scheduler/wasmBody.ts";

/** The size of memory that the body of every process has, of a guest's and of the page's. */
type MeasuredBody = Pick<WasmBody, "limit">;

const NO_TAGS: readonly bigint[] = [];
/** Of a crowd, so many processes are looked at, and so many told of, per sample; the others with the next ones. */
const LOOKED_AT = 4_096;
const TOLD_AT_ONCE = 512;

/** A process at its last sample. */
interface Sampled {
  /** Sum of its counters: unchanged if it did nothing. */
  activity: number;
  state: Process["state"];
}

/** What a label of a process is made of; see ProcessLabels. */
export interface Labeller {
  label(process: Process): string;
}

/**
 * The observation of one environment on one executor while somebody subscribes: its recorder, the sampled counters
 * that are right at any load, and snapshots for those who come late or lost records.
 */
export class Observation {
  readonly recorder: Recorder;
  readonly #environment: Environment;
  readonly #executor: number;
  readonly #labeller: Labeller;
  readonly #sampled = new Map<number, Sampled>();
  /** Goes round the processes, which may come and go meanwhile. */
  #round: Iterator<Process>;
  #snapshot: InspectionSnapshot | undefined;

  constructor(environment: Environment, labeller: Labeller, options: RecorderOptions) {
    this.recorder = new Recorder(options);
    this.#environment = environment;
    this.#executor = options.executor;
    this.#labeller = labeller;
    this.#round = environment.processes.values();
  }

  /** The whole state as it is now goes with the next batch. */
  wantSnapshot(pace: Pace): void {
    this.#snapshot = this.#describe(pace);
  }

  /** What happened since the last time; undefined if nothing did. */
  take(pace: Pace): { batch: PackedBatch; snapshot: InspectionSnapshot | undefined } | undefined {
    if (this.recorder.isEmpty && this.#snapshot === undefined) return undefined;
    const batch = this.recorder.take();
    const snapshot = batch.dropped > 0 ? this.#describe(pace) : this.#snapshot;
    this.#snapshot = undefined;
    return { batch, snapshot };
  }

  /**
   * Records the counters of the processes that did something since the last time, and where their waits are not told one by
   * one, whether they wait. At full detail of all; of a crowd at sampled detail, a part each time.
   */
  sample(): void {
    this.recorder.atOneMoment(() => this.#sample());
  }

  #sample(): void {
    const { processes } = this.#environment;
    const isPart = this.recorder.detail === "sampled";
    let toLookAt = isPart ? Math.min(LOOKED_AT, processes.size) : processes.size;
    let toTell = isPart ? TOLD_AT_ONCE : processes.size;
    if (!isPart) this.#round = processes.values();
    for (; toLookAt > 0 && toTell > 0; toLookAt--) {
      let next = this.#round.next();
      if (next.done) {
        this.#round = processes.values();
        next = this.#round.next();
        if (next.done) break;
      }
      if (this.#sampleProcess(next.value)) toTell--;
    }
    if (this.#sampled.size > 2 * processes.size + 64) this.#forgetEnded();
  }

  /** @returns whether there was anything to tell */
  #sampleProcess(process: Process): boolean {
    const { recorder } = this;
    const { pid, messagesSent, messagesReceived, mailbox, state } = process;
    const { fuelUsed } = process.body;
    const activity = messagesSent + messagesReceived + mailbox.size + fuelUsed;
    const before = this.#sampled.get(pid);
    if (before === undefined) this.#sampled.set(pid, { activity, state });
    else if (before.activity === activity && before.state === state) return false;
    else {
      before.activity = activity;
      before.state = state;
    }
    recorder.emit(EventKind.FuelUsed, pid, 0, 0n, fuelUsed);
    recorder.emit(EventKind.MailboxSample, pid, messagesReceived, BigInt(messagesSent), mailbox.size);
    if (recorder.hasLeftOutWaits) {
      const tags = process.waitTags ?? NO_TAGS;
      const reason = process.waitReason || ParkReason.Other;
      if (state === "parked") recorder.emitState(EventKind.Park, pid, tags.length, tags[0] ?? 0n, reason);
      else if (state !== "unstarted") recorder.emitState(EventKind.Wake, pid, 0, 0n, 0);
    }
    return true;
  }

  #forgetEnded(): void {
    for (const pid of this.#sampled.keys()) {
      if (!this.#environment.processes.has(pid as Process["pid"])) this.#sampled.delete(pid);
    }
  }

  #describe(pace: Pace): InspectionSnapshot {
    const processes: ProcessSnapshot[] = [];
    const monitoredBy = this.#monitoredBy();
    const names = this.#registeredNames();
    for (const process of this.#environment.processes.values()) {
      const body = process.body as ProcessBody & MeasuredBody;
      processes.push({
        pid: process.pid,
        parent: process.parent,
        state: process.state,
        parkReason: process.state === "parked" && process.waitReason !== 0 ? process.waitReason : undefined,
        awaitedTags: (process.state === "parked" ? process.waitTags : undefined) ?? NO_TAGS,
        label: this.#labeller.label(process),
        module: process.module,
        names: names.get(process.pid) ?? [],
        links: [...process.links.keys()],
        monitors: monitoredBy.get(process.pid) ?? [],
        mailboxDepth: process.mailbox.size,
        messagesSent: process.messagesSent,
        messagesReceived: process.messagesReceived,
        memoryBytes: body.limit,
        fuelUsed: body.fuelUsed,
      });
    }
    return { sequence: this.recorder.lastSequence, executor: this.#executor, pace, processes };
  }

  /** Watcher → whom it monitors, of the processes that live here. */
  #monitoredBy(): Map<number, number[]> {
    const monitoredBy = new Map<number, number[]>();
    for (const process of this.#environment.processes.values()) {
      for (const watcher of process.monitors ?? []) {
        const watched = monitoredBy.get(watcher);
        if (watched === undefined) monitoredBy.set(watcher, [process.pid]);
        else watched.push(process.pid);
      }
    }
    return monitoredBy;
  }

  /** Pid → registered names; the registry is on the home executor, whose snapshot tells for all. */
  #registeredNames(): Map<number, string[]> {
    const byPid = new Map<number, string[]>();
    for (const [name, { pid }] of this.#environment.registry?.entries() ?? []) {
      const names = byPid.get(Number(pid));
      if (names === undefined) byPid.set(Number(pid), [name]);
      else names.push(name);
    }
    return byPid;
  }
}
