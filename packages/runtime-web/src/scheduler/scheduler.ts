import type { HostBinding } from "../abi/binding.ts";
import type { Databases } from "../abi/databases.ts";
import type { MetricsStore } from "../abi/metricsStore.ts";
import { EventKind } from "../inspect/events.ts";
import { ProcessStopped } from "../kernel/guestTrap.ts";
import type { Kernel } from "../kernel/kernel.ts";
import type { Process } from "../kernel/process.ts";
import type { BodyHome } from "./bodyLauncher.ts";
import type { Domain, Hold } from "./domain.ts";
import { Domains } from "./domains.ts";
import { type FiberJobs, FiberPool, NO_JOB } from "./fiberPool.ts";
import { GuestHost } from "./guestHost.ts";
import { JobOutcomes } from "./jobOutcomes.ts";
import type { Platform } from "./platform.ts";
import { CLEANING_MS } from "./policy.ts";
import { ReadyProcesses } from "./readyProcesses.ts";
import { type InstanceLinker, passEntryArguments, Residence } from "./residence.ts";
import { RunningBinding } from "./runningBinding.ts";
import type { StackBudget } from "./stackBudget.ts";
import { type StepDone, Steps } from "./steps.ts";
import { Turn } from "./turn.ts";
import { Unwinding } from "./unwinding.ts";
import type { WasmBody } from "./wasmBody.ts";

/** One for all kills: what a kill throws is never shown, and thousands may die at once. */
const STOPPED = new ProcessStopped();

export interface SchedulerOptions {
  readonly platform: Platform;
  readonly stackBudget: StackBudget;
  /** Host functions for a module's own imports. */
  readonly linker: InstanceLinker;
  /** Takes in what other executors sent. Called at the start of every turn; cheap when there is nothing. */
  pollPeers(): void;
  /** Tells the other executors how many processes could run here. */
  publishLoad(runnable: number): void;
  /** A process has used up a slice, so there is real work here: others may take processes that wait to start. */
  shareWork(): void;
  /** `waiting` processes cannot start and nothing that runs will end: no stack will become free by itself. */
  onStall(waiting: number): void;
}

/**
 * Runs the processes of one executor, one at a time. A process runs until it blocks, ends or has used its slice;
 * then the next in the queue gets its turn. After TURN_MS the event loop gets its own.
 *
 * The order of things is subtle in one respect. Resolving the promise of a suspended stack does not run it: the engine
 * continues it in a later microtask. `#active` is set from that moment on, and nothing else is dispatched until the
 * guest has parked, ended or been preempted: exactly one guest runs, or is about to, at any time.
 */
export class Scheduler implements FiberJobs, BodyHome {
  readonly residence: Residence;
  readonly domains: Domains;
  readonly #options: SchedulerOptions;
  readonly #platform: Platform;
  readonly #fibers: FiberPool;
  readonly #ready = new ReadyProcesses();
  readonly #steps: Steps;
  readonly #guestHost: GuestHost;
  readonly #outcomes: JobOutcomes;
  #kernel!: Kernel;
  #binding!: HostBinding;
  #active: WasmBody | undefined;
  readonly #turn: Turn;
  #isClosed = false;
  /** Since when something has been running without a pause; undefined while nothing is. */
  #busySinceMs: number | undefined;
  readonly #unwinding = new Unwinding();
  /** One for all suspensions: withResolvers makes two objects more each time, which is a third of what a switch allocates. */
  readonly #keepResolvers = (
    resolve: (nothing: undefined) => void,
    reject: (error: unknown) => void,
  ): void => {
    const body = this.#active!;
    body.resolve = resolve;
    body.reject = reject;
  };
  #reportedStall = false;

  constructor(options: SchedulerOptions) {
    this.#options = options;
    this.#platform = options.platform;
    this.domains = new Domains(options.platform, () => this.kick());
    this.#fibers = new FiberPool(options.stackBudget, this);
    this.#guestHost = new GuestHost(this);
    this.#outcomes = new JobOutcomes(this);
    this.#steps = new Steps(
      this.#ready,
      (body) => body.nextStep === "resume" || this.#fibers.reserve(body.pendingCatch !== undefined),
    );
    this.#turn = new Turn(options.platform, () => this.#nextTurn());
    this.residence = new Residence(this.#fibers.thunks, {
      link: (module) => ({ ...options.linker.link(module), ...this.#guestHost.imports }),
    });
  }

  /** Joins the scheduler with the kernel that decides about its processes. Once, before anything runs. */
  createBinding(kernel: Kernel, metrics: MetricsStore, databases: Databases): HostBinding {
    this.#kernel = kernel;
    this.#binding = new RunningBinding(kernel, metrics, databases, this.#guestHost);
    return this.#binding;
  }

  /** The process whose guest code is running or about to; undefined between two. */
  get active(): WasmBody | undefined {
    return this.#active;
  }

  get kernel(): Kernel {
    return this.#kernel;
  }

  /** Processes that could run now. */
  get runnable(): number {
    return this.#ready.runnable + (this.#active === undefined ? 0 : 1);
  }

  /** How long it has been running guests without a moment of rest. */
  get busyForMs(): number {
    return this.#busySinceMs === undefined ? 0 : this.#platform.nowMs() - this.#busySinceMs;
  }

  /** Gets things going after something from outside may have made a process runnable. */
  kick(): void {
    if (this.#active !== undefined || this.#turn.isPosted || this.#isClosed) return;
    this.#beginTurn();
    this.#dispatch();
  }

  /** Processes that cannot go on because the engine bears no more stacks. */
  get awaitingStack(): number {
    return this.#ready.awaitingStack;
  }

  /** Processes that have not started and may, first in line first. */
  unstarted(): Iterable<WasmBody> {
    return this.#ready.unstarted();
  }

  /** Lets no process of the domain run until `release`; a running one ends its slice. */
  hold(domain: Domain, why: Hold): void {
    domain.hold(why);
    this.#ready.setApart(domain);
  }

  release(domain: Domain, why: Hold): void {
    domain.letGo(why);
    if (domain.isOpen) this.#ready.putBack(domain);
    this.kick();
  }

  /** Lets the first process in line of a paused domain run for one slice. @param done called once, maybe at once */
  step(domain: Domain, done: StepDone): void {
    domain.whenHostIsDone(() => {
      this.#steps.ask(domain, done);
      this.kick();
    });
  }

  /** Calls back when no stopped process has a stack left. */
  whenUnwound(callback: () => void): void {
    this.#unwinding.whenOver(callback);
  }

  close(): void {
    this.#isClosed = true;
    this.domains.closeAll();
    this.#fibers.close();
  }

  // BodyHome: what bodies and the launcher ask for.

  domainOf(process: Process): Domain {
    return this.domains.get(process.environment.id)!;
  }

  enqueue(body: WasmBody): void {
    this.#ready.push(body);
  }

  enqueueFirst(body: WasmBody): void {
    this.#ready.pushFirst(body);
  }

  stopping(body: WasmBody): void {
    this.#unwinding.begin();
    this.#ready.pushStopped(body);
  }

  unwound(): void {
    this.#unwinding.end();
  }

  // FiberJobs: what the fibers report.
  takeJob(): number {
    while (this.#active === undefined && !this.#turn.isOver()) {
      if (this.#steps.areAsked) break;
      const body = this.#ready.take(true);
      if (body === undefined) break;
      if (body.hasMoved || body.isStopped || body.nextStep !== "job") {
        this.#run(body);
        continue;
      }
      const slot = this.#prepareJob(body);
      if (slot !== NO_JOB) return slot;
    }
    return NO_JOB;
  }

  fiberIdle(): void {
    this.#dispatch();
  }

  begin(): number {
    const body = this.#active!;
    if (!body.hasStarted && body.phase === "entry") {
      body.hasStarted = true;
      body.process.environment.sink?.emit(EventKind.Start, body.process.pid, 0, 0n, body.limit);
    }
    return body.placement!.controlBlock;
  }

  end(): void {
    this.#outcomes.returned(this.#active!);
  }

  failed(error: unknown): void {
    if (this.#active === undefined) throw error;
    this.#outcomes.failed(this.#active, error);
  }

  destroyed(error: unknown): void {
    this.failed(error);
    this.#dispatch();
  }

  // GuestHost: what instrumented code asks for besides host functions.
  /** The running guest has parked and saved itself. The promise settles when its host call may return. */
  suspend(): Promise<undefined> {
    const body = this.#active!;
    body.settleFuel();
    const suspended = new Promise<undefined>(this.#keepResolvers);
    if (body.pendingCatch !== undefined) {
      body.enterCatch();
      this.enqueueFirst(body);
    } else if (body.isPreempted) {
      this.#options.shareWork();
      body.isPreempted = false;
      body.nextStep = "resume";
      this.enqueue(body);
    }
    this.deactivate();
    this.#dispatch();
    return suspended;
  }

  /**
   * Whether the running process may go on past the end of its slice: nobody waits and the event loop had its turn. Never
   * where a run is to be deterministic: what it used beyond its slice is taken off the next only if it goes on.
   */
  mayContinue({ domain }: WasmBody): boolean {
    if (!domain.isOpen || domain.isDeterministic) return false;
    return !this.#turn.isOverNow() && this.#ready.runnable === 0 && this.#ready.awaitingStack === 0;
  }

  // Dispatching.
  #dispatch(): void {
    while (this.#active === undefined && !this.#isClosed) {
      if (this.#turn.isOver()) {
        this.#turn.end();
        return;
      }
      const body = this.#steps.areAsked ? this.#steps.begin() : this.#ready.take(this.#fibers.idleCount > 0);
      if (body !== undefined) this.#run(body);
      else if (!this.#findWork()) {
        this.#rest();
        return;
      }
    }
  }

  /** Whether there is something to run after all, once time that need not be waited for has passed. */
  #findWork(): boolean {
    if (this.#steps.areAsked) return true;
    this.domains.skipWaits();
    return this.#ready.runnable > 0;
  }

  #run(body: WasmBody): void {
    if (body.hasMoved) return;
    if (body.isStopped) this.#unwind(body);
    else if (body.nextStep === "resume") this.#resume(body);
    else this.#startJob(body);
  }

  #resume(body: WasmBody): void {
    const { resolve, reject, error } = body;
    body.resolve = undefined;
    body.reject = undefined;
    this.#activate(body);
    if (error !== undefined) {
      body.error = undefined;
      reject!(error);
      return;
    }
    body.writeResult();
    body.grant(body.nextSlice());
    resolve!(undefined);
  }

  #startJob(body: WasmBody): void {
    const forCatch = body.pendingCatch !== undefined;
    if (!this.#fibers.reserve(forCatch)) {
      this.#ready.awaitStack(body);
      return;
    }
    const slot = this.#prepareJob(body);
    if (slot !== NO_JOB) this.#fibers.start(slot);
  }

  /** Makes `body` the running process and returns what its fiber calls; NO_JOB if it ended instead. */
  #prepareJob(body: WasmBody): number {
    this.#activate(body);
    const call = body.pendingCatch;
    if (call !== undefined) {
      body.pendingCatch = undefined;
      return this.#guestHost.passCatchArguments(body, call);
    }
    try {
      const { instance } = body.placement ?? this.residence.settle(body);
      const { process } = body;
      body.grant(body.nextSlice());
      if (body.phase === "start function") return instance.startSlot();
      const mismatch = passEntryArguments(body);
      if (mismatch === undefined) return instance.entrySlot(process.entry);
      this.#outcomes.finish(body, { type: "trapped", message: mismatch, stack: "" });
    } catch (error) {
      this.#outcomes.settlingFailed(body, error);
    }
    return NO_JOB;
  }

  #activate(body: WasmBody): void {
    this.#active = body;
    this.#binding.process = body.process;
    this.#binding.memory = body;
    this.#binding.resume = body.resumeCall;
    this.#kernel.running = body.process;
  }

  deactivate(): void {
    const body = this.#active!;
    this.#active = undefined;
    this.#kernel.running = undefined;
    body.domain.hasRun();
    this.#steps.sliceEnded(body);
  }

  /** A killed process whose stack, or stacks, still exist: they end one after another, innermost first. */
  #unwind(body: WasmBody): void {
    const reject = body.takeStack();
    if (reject === undefined) {
      this.#outcomes.release(body);
      return;
    }
    this.#activate(body);
    reject(STOPPED);
  }

  // Turns of the event loop.

  #beginTurn(): void {
    this.#turn.begin();
    this.#busySinceMs ??= this.#platform.nowMs();
    this.domains.fireDue();
    if (this.#ready.awaitingStack === 0 || this.#fibers.idleCount === 0) this.domains.skipWaits();
    this.#options.pollPeers();
    this.#options.publishLoad(this.runnable);
  }

  #nextTurn(): void {
    if (this.#isClosed || this.#active !== undefined) return;
    this.#beginTurn();
    this.#dispatch();
  }

  /** Nothing can run. Cleans ended regions, in pieces short enough for the event loop. */
  #rest(): void {
    this.#busySinceMs = undefined;
    if (this.#ready.awaitingStack === 0) this.#reportedStall = false;
    else if (this.domains.isIdle && !this.#reportedStall) {
      this.#reportedStall = true;
      this.#options.onStall(this.#ready.awaitingStack);
    }
    if (this.residence.cleanFor(CLEANING_MS, this.#platform)) this.#options.publishLoad(0);
    else this.#turn.end();
  }
}
