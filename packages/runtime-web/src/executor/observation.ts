import { EventKind } from "../inspect/events.ts";
import type { InspectionSnapshot, ProcessSnapshot } from "../inspect/inspectionEvent.ts";
import type { Pace } from "../inspect/pace.ts";
import { Recorder, type RecorderOptions } from "../inspect/recorder.ts";
import type { RecordBatch } from "../inspect/records.ts";
import type { Environment } from "../kernel/environment.ts";
import type { Process, ProcessBody } from "../kernel/process.ts";
import type { WasmBody } from "../scheduler/wasmBody.ts";

/** Counters that the body of every process has, of a guest's and of the page's. */
type MeasuredBody = Pick<WasmBody, "fuelUsed" | "limit">;

const NO_TAGS: readonly bigint[] = [];

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
  /** Sum of counters at the last sample, to leave out processes that did nothing. */
  readonly #sampled = new Map<number, number>();
  #snapshotWanted = true;

  constructor(environment: Environment, labeller: Labeller, options: RecorderOptions) {
    this.recorder = new Recorder(options);
    this.#environment = environment;
    this.#executor = options.executor;
    this.#labeller = labeller;
  }

  wantSnapshot(): void {
    this.#snapshotWanted = true;
  }

  /** What happened since the last time; undefined if nothing did. */
  take(pace: Pace): { batch: RecordBatch; snapshot: InspectionSnapshot | undefined } | undefined {
    if (this.recorder.isEmpty && !this.#snapshotWanted) return undefined;
    const batch = this.recorder.take();
    const snapshot = this.#snapshotWanted || batch.dropped > 0 ? this.#snapshot(pace) : undefined;
    this.#snapshotWanted = false;
    return { batch, snapshot };
  }

  /** Records the counters of the processes that did something since the last time. */
  sample(): void {
    const { recorder } = this;
    for (const process of this.#environment.processes.values()) {
      const body = process.body as ProcessBody & MeasuredBody;
      const activity = process.messagesSent + process.messagesReceived + process.mailbox.size + body.fuelUsed;
      if (this.#sampled.get(process.pid) === activity) continue;
      this.#sampled.set(process.pid, activity);
      recorder.emit(EventKind.FuelUsed, process.pid, 0, 0n, body.fuelUsed);
      recorder.emit(
        EventKind.MailboxSample,
        process.pid,
        process.messagesReceived,
        BigInt(process.messagesSent),
        process.mailbox.size,
      );
    }
    if (this.#sampled.size > 2 * this.#environment.processes.size + 64) this.#forgetEnded();
  }

  #forgetEnded(): void {
    for (const pid of this.#sampled.keys()) {
      if (!this.#environment.processes.has(pid as Process["pid"])) this.#sampled.delete(pid);
    }
  }

  #snapshot(pace: Pace): InspectionSnapshot {
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
