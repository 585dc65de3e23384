import type { ParkReason } from "../inspect/events.ts";
import type { ProcessConfig } from "./config.ts";
import type { Environment } from "./environment.ts";
import type { ExecutorIndex, ModuleId, Pid } from "./ids.ts";
import { Mailbox } from "./mailbox.ts";
import type { Message } from "./message.ts";
import { ResourceTable } from "./resourceTable.ts";
import type { Signal } from "./signal.ts";
import type { ProcessSpec } from "./spawnRequest.ts";

/** What executes a process: the scheduler for wasm, the page for processes written in TypeScript. */
export interface ProcessBody {
  /** The parked host call of this process returns; the scheduler makes it runnable. */
  resume(result: number | bigint | undefined): void;
  /** The parked host call fails instead, with a GuestTrap. */
  resumeWithTrap(error: unknown): void;
  /** The process is dead (Kernel.exit has run) and was not the running one: discard its computation, free its memory. */
  stop(): void;
  /** Instructions it has executed. */
  readonly fuelUsed: number;
}

/**
 * "unstarted" until its first slice; "running" while `Kernel.running` is this process; "parked" while a blocking
 * call is pending; "runnable" otherwise, whether preempted or woken. The kernel keeps it.
 */
export type ProcessState = "unstarted" | "runnable" | "running" | "parked" | "ended";

/** A send_after that has not been cancelled. `handle` is NO_TIMER once it fired. */
export interface SentTimer {
  handle: number;
  /** undefined once it fired. */
  message: Message | undefined;
}

/** What a process holds of something outside the kernel. */
export interface Holdings {
  /** How many resources. */
  readonly size: number;
  /** The process has ended. */
  release(): void;
}

export const NO_TIMER = -1;

const NO_SIGNALS: Signal[] = [];

/** What the kernel knows of one process. Thousands exist: what few processes use is created on first use. */
export class Process {
  readonly pid: Pid;
  readonly environment: Environment;
  /** NO_PID for a root. */
  readonly parent: Pid;
  readonly config: ProcessConfig;
  readonly module: ModuleId;
  readonly entry: string;
  readonly params: Uint8Array;
  /** Set by Launcher.launch. */
  body!: ProcessBody;
  state: ProcessState = "unstarted";
  /** False while its module's start function runs: it is not in the environment yet and must not spawn. */
  isInitialized = false;
  dieWhenLinkDies = true;
  /** Linked process → tag that it is told when this one dies. */
  readonly links = new Map<Pid, bigint>();
  /**
   * The tag that a linked process of another executor would tell, where it is not the same as in `links`: after a spawn
   * the parent is told the spawn's tag and the child none. Needed when the executor is lost and cannot tell.
   */
  peerTags: Map<Pid, bigint> | undefined = undefined;
  /** Who is told when this one dies; undefined = nobody ever was. */
  monitors: Set<Pid> | undefined = undefined;
  /** Whom this one monitors: told to it when their executor is lost, and let go when it dies itself. */
  monitored: Set<Pid> | undefined = undefined;
  readonly mailbox: Mailbox;
  /** The message being written or read. Host ABI ch. 3.2. */
  scratch: Message | undefined = undefined;
  messagesSent = 0;
  /** KernelState.posts when it was spawned here: while that is unchanged, no other executor knows its pid. */
  postsAtSpawn = -1;
  messagesReceived = 0;

  /** Signals that came while it was running, handled at its next yield; from `signalHead` on. */
  signals: Signal[] = NO_SIGNALS;
  signalHead = 0;

  /** The pending blocking call: 0 = none. At most one exists, trap::catch included. */
  waitReason: ParkReason | 0 = 0;
  /** Counts waits, so that a late answer is not taken for that of a later wait. */
  waitSerial = 0;
  /** Receive only: tags it waits for; undefined = any message. */
  waitTags: readonly bigint[] | undefined = undefined;
  /** The wait is that of skip-search, whose code is 0 for every kind of message. */
  waitsForReply = false;
  waitComplete: ((code: number) => void) | undefined = undefined;
  waitTimer = NO_TIMER;
  /** Made once per process that ever waits with a timeout. */
  waitExpired: (() => void) | undefined = undefined;

  /** Called if the process dies during its pending call, to give back what that call holds elsewhere. */
  abandonWait: (() => void) | undefined = undefined;
  /** The executor by way of which processes here reach this one, to keep the order of messages; see Detours. */
  detour: ExecutorIndex | undefined = undefined;
  /** Messages of others wait here until its parent has sent or yielded; undefined = no gate. */
  heldBack: Message[] | undefined = undefined;
  /** The child whose gate this process still keeps closed, and how many fuel yields it has made since. */
  gatedChild: Pid | undefined = undefined;
  gateYields = 0;

  /** Its database connections and statements; undefined: it never opened a database. */
  databases: Holdings | undefined = undefined;

  #errors: ResourceTable<string> | undefined;
  #configs: ResourceTable<ProcessConfig> | undefined;
  #modules: ResourceTable<ModuleId> | undefined;
  #timers: ResourceTable<SentTimer> | undefined;
  /** Timers that fired and are purged at the next send_after. Host ABI ch. 10. */
  firedTimers: bigint[] | undefined = undefined;

  constructor(pid: Pid, environment: Environment, parent: Pid, spec: ProcessSpec) {
    this.pid = pid;
    this.environment = environment;
    this.mailbox = new Mailbox(environment.mail);
    this.parent = parent;
    this.config = spec.config;
    this.module = spec.module;
    this.entry = spec.entry;
    this.params = spec.params;
  }

  /** Texts of failures, host ABI ch. 3.1. */
  get errors(): ResourceTable<string> {
    this.#errors ??= this.#createTable();
    return this.#errors;
  }

  get configs(): ResourceTable<ProcessConfig> {
    this.#configs ??= this.#createTable();
    return this.#configs;
  }

  get modules(): ResourceTable<ModuleId> {
    this.#modules ??= this.#createTable();
    return this.#modules;
  }

  get timers(): ResourceTable<SentTimer> {
    this.#timers ??= this.#createTable();
    return this.#timers;
  }

  /** Puts a message into the scratch area; what was there is dropped. */
  receive(message: Message): void {
    this.environment.spareMessages.give(this.scratch);
    this.scratch = message;
  }

  /** How many resources it holds. */
  get resources(): number {
    const tables = [this.#errors, this.#configs, this.#modules, this.#timers];
    return tables.reduce((sum, table) => sum + (table?.size ?? 0), this.databases?.size ?? 0);
  }

  /** Lets go of everything the guest held, so that a body that is still unwinding does not keep it alive. */
  dropHoldings(): void {
    this.scratch = undefined;
    this.mailbox.clear();
    if (this.heldBack !== undefined) {
      for (const message of this.heldBack) this.environment.mail.remove(message);
    }
    // Clearing allocates a new table.
    if (this.links.size > 0) this.links.clear();
    this.peerTags = undefined;
    this.monitors = undefined;
    this.monitored = undefined;
    this.heldBack = undefined;
    this.signals = NO_SIGNALS;
    this.signalHead = 0;
    for (const table of [this.#errors, this.#configs, this.#modules, this.#timers]) table?.clear();
    this.#errors = undefined;
    this.#configs = undefined;
    this.#modules = undefined;
    this.#timers = undefined;
    this.firedTimers = undefined;
    this.databases?.release();
    this.databases = undefined;
  }

  /** What one that has ended makes until its next yield is held by nobody. */
  #createTable<T>(): ResourceTable<T> {
    return new ResourceTable(this.state === "ended" ? undefined : this.environment.mail);
  }

  /** Forgets a link. @returns false if there was none */
  removeLink(peer: Pid): boolean {
    this.peerTags?.delete(peer);
    return this.links.delete(peer);
  }

  expectPeerTag(peer: Pid, tag: bigint): void {
    this.peerTags ??= new Map();
    this.peerTags.set(peer, tag);
  }

  /** Appends a signal to be handled at the next yield. */
  queueSignal(signal: Signal): void {
    if (this.signals === NO_SIGNALS) this.signals = [];
    this.signals.push(signal);
  }
}
