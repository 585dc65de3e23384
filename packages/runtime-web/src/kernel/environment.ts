import { EventKind, type EventSink } from "../inspect/events.ts";
import type { Timers } from "./collaborators.ts";
import type { EnvironmentId, ExecutorIndex, Pid } from "./ids.ts";
import { NO_PID } from "./ids.ts";
import { MailMeter } from "./mailMeter.ts";
import type { PidDirectory } from "./pidDirectory.ts";
import type { Process } from "./process.ts";
import { Registry } from "./registry.ts";
import type { Signal } from "./signal.ts";
import { SpareMessages } from "./spareMessages.ts";
import type { RegistryEntry } from "./spawnRequest.ts";

export interface EnvironmentOptions {
  /** Executor that keeps the registry; the root process runs there. */
  readonly home: ExecutorIndex;
  readonly directory: PidDirectory;
  /** What its time-outs and delayed messages go by. */
  readonly timers: Timers;
  /** Nodes on other machines do not exist yet. */
  readonly distributed: false;
}

/** A process that is being created: its start function runs, or its instance is being made. */
export interface Launch {
  readonly process: Process;
  /** Executor of its parent. */
  readonly by: ExecutorIndex;
  /** False if the parent went on without waiting: the process counts as existing already. */
  readonly isAwaited: boolean;
  /** @param failure undefined = it may be entered now. Does nothing when called again. */
  finish(failure: string | undefined): void;
}

/** A signal that outran the envelope that creates its target. */
export interface EarlySignal {
  readonly from: Pid;
  readonly signal: Signal;
}

const NONE: readonly EarlySignal[] = [];

/** A namespace of processes as one executor sees it: the processes that live here, and the way to the others. */
export class Environment {
  readonly id: EnvironmentId;
  readonly home: ExecutorIndex;
  readonly directory: PidDirectory;
  readonly timers: Timers;
  /** Processes of this executor that are in the environment; not those inside their start function. */
  readonly processes = new Map<Pid, Process>();
  readonly launching = new Map<Pid, Launch>();
  /** Signals for processes that the directory places here but whose creation has not arrived or ended yet. */
  readonly early = new Map<Pid, EarlySignal[]>();
  /** Names of the environment, on its home executor only. */
  readonly registry: Registry | undefined;
  /** NO_PID on executors that did not spawn the root. */
  root: Pid = NO_PID;
  closed = false;
  /** A spawn failed because there are so many, and this was told. */
  isCrowded = false;
  /** Who observes it on this executor; undefined = nobody, and then events cost nothing. */
  sink: EventSink | undefined = undefined;
  /** Handles of send_after timers, which outlive their process but not the environment. */
  readonly timerHandles = new Set<number>();

  /** Messages of it that wait on this executor, and what else is held for its guests. */
  readonly mail: MailMeter;
  /** Messages of it that were dropped here, to be written anew. */
  readonly spareMessages = new SpareMessages();

  constructor(id: EnvironmentId, options: EnvironmentOptions, isHome: boolean, mail = new MailMeter()) {
    this.mail = mail;
    this.id = id;
    this.home = options.home;
    this.directory = options.directory;
    this.timers = options.timers;
    this.registry = isHome ? new Registry((...change) => this.#nameChanged(...change), mail) : undefined;
  }

  awaitArrival(pid: Pid, from: Pid, signal: Signal): void {
    const waiting = this.early.get(pid);
    if (waiting === undefined) this.early.set(pid, [{ from, signal }]);
    else waiting.push({ from, signal });
  }

  /** Removes and returns what came too early for this process. */
  takeEarly(pid: Pid): readonly EarlySignal[] {
    const waiting = this.early.get(pid);
    if (waiting === undefined) return NONE;
    this.early.delete(pid);
    return waiting;
  }

  #nameChanged(name: string, entry: RegistryEntry, isRemoved: boolean): void {
    const kind = isRemoved ? EventKind.NameRemoved : EventKind.NameRegistered;
    this.sink?.emit(kind, Number(entry.pid), 0, 0n, 0, name);
  }
}
