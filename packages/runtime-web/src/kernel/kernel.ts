import { EventKind, ParkReason } from "../inspect/events.ts";
import type { KernelOptions } from "./collaborators.ts";
import { DelayedSends } from "./delayedSends.ts";
import { Endings } from "./endings.ts";
import { Environment, type EnvironmentOptions } from "./environment.ts";
import { ExecutorLoss } from "./executorLoss.ts";
import { Existence } from "./existence.ts";
import type { ExitCause } from "./exit.ts";
import { ProcessStopped } from "./guestTrap.ts";
import { type EnvironmentId, type ExecutorIndex, NO_PID, type Pid } from "./ids.ts";
import { KernelState } from "./kernelState.ts";
import { MailMeter } from "./mailMeter.ts";
import type { Message } from "./message.ts";
import { Migration } from "./migration.ts";
import { Names } from "./names.ts";
import type { Parked } from "./parked.ts";
import { PeerInbox } from "./peerInbox.ts";
import type { PeerEnvelope, RegistryAnswer } from "./peers.ts";
import type { Process } from "./process.ts";
import { Requests } from "./requests.ts";
import type { ControlSignal } from "./signal.ts";
import { Signals } from "./signals.ts";
import { Spawning } from "./spawning.ts";
import type {
  CompileOutcome,
  GetOrSpawnOutcome,
  ProcessSpec,
  RegistryEntry,
  SpawnOutcome,
  SpawnRequest,
} from "./spawnRequest.ts";
import { tellSent, tellTaken } from "./telling.ts";
import { type Answer, receiveCode } from "./waits.ts";

export type { KernelOptions, Launcher, ModuleService, Timers } from "./collaborators.ts";
export type { Peers } from "./peers.ts";

const NO_TAGS: readonly bigint[] = [];

/**
 * What processes are and do to each other, on one executor: life cycle, signals, messages, links, monitors, names,
 * timers (host ABI ch. 4 to 10). Knows nothing of guests' memories, workers and stacks; it is driven by host functions
 * (operations of a `caller`), by the scheduler (`running`, `yieldPoint`, `exit`), by other kernels (`receiveEnvelope`)
 * and by the page. All of one environment's kernels together behave as one.
 *
 * A blocking operation returns its value, or PARKED, and then calls `complete` exactly once later unless the process
 * dies first. It throws GuestTrap for a failure that traps by the ABI, and ProcessStopped if a signal that was waiting
 * ended the caller. An operation that does not block never lets anything else run.
 */
export class Kernel {
  readonly #state: KernelState;
  readonly #signals: Signals;
  readonly #endings: Endings;
  readonly #spawning: Spawning;
  readonly #names: Names;
  readonly #delayedSends: DelayedSends;
  readonly #loss: ExecutorLoss;
  readonly #migration: Migration;
  readonly #inbox: PeerInbox;
  readonly #spawnRequests = new Requests<string | undefined>();
  readonly #nameRequests = new Requests<RegistryAnswer>();
  readonly #existence: Existence;

  constructor(options: KernelOptions) {
    this.#state = new KernelState(options);
    this.#signals = new Signals(this.#state, (process, cause) => this.exit(process, cause));
    this.#endings = new Endings(this.#state, this.#signals);
    this.#spawning = new Spawning(this.#state, this.#signals, this.#endings, this.#spawnRequests);
    this.#names = new Names(this.#state, this.#signals.waits, this.#spawning, this.#nameRequests);
    this.#delayedSends = new DelayedSends(this.#state, this.#signals);
    this.#migration = new Migration(this.#state, this.#signals, this.#endings);
    this.#loss = new ExecutorLoss(this.#state, this.#signals, this.#spawning);
    this.#existence = new Existence(this.#state, this.#signals.waits);
    this.#inbox = new PeerInbox(this.#state, {
      signals: this.#signals,
      spawning: this.#spawning,
      migration: this.#migration,
      names: this.#names,
      existence: this.#existence,
      loss: this.#loss,
      spawnRequests: this.#spawnRequests,
      nameRequests: this.#nameRequests,
    });
  }

  /** The process whose guest code is on the stack. Signals to it wait for its next yield; the scheduler sets it. */
  get running(): Process | undefined {
    return this.#state.running;
  }

  set running(process: Process | undefined) {
    this.#state.running = process;
  }

  /** Every executor opens every environment; what other kernels post of it before is kept until then. */
  openEnvironment(id: EnvironmentId, options: EnvironmentOptions): Environment {
    const { mailLimitBytes, onMailFull, executor } = this.#state.options;
    const mail = new MailMeter(mailLimitBytes, () => onMailFull?.(environment));
    const environment = new Environment(id, options, options.home === executor, mail);
    this.#state.environments.set(id, environment);
    this.#inbox.opened(id);
    return environment;
  }

  /** Ends all its processes of this executor without telling anyone, as natively when the root ends. Idempotent. */
  closeEnvironment(id: EnvironmentId): void {
    const environment = this.#state.environments.get(id);
    if (environment === undefined) return;
    this.#state.environments.delete(id);
    this.#inbox.closed(id);
    environment.closed = true;
    for (const handle of environment.timerHandles) environment.timers.cancel(handle);
    environment.timerHandles.clear();
    environment.early.clear();
    this.#spawnRequests.closeEnvironment(id);
    this.#nameRequests.closeEnvironment(id);
    this.#existence.requests.closeEnvironment(id);
    this.#loss.closed(id);
    this.#endings.endAll(environment);
    if (environment.root !== NO_PID) {
      environment.sink?.emit(EventKind.EnvironmentEnded, environment.root, 0, 0n, 0);
    }
  }

  /** Starts the root process here. @param complete always called, maybe before spawnRoot returns */
  spawnRoot(environment: Environment, spec: ProcessSpec, complete: (outcome: SpawnOutcome) => void): Process {
    return this.#spawning.spawnRoot(environment, spec, complete);
  }

  /**
   * Starts a process without parent here, for the page. @param complete always called, maybe before spawnDetached
   * returns; at that moment the process exists and has not run
   */
  spawnDetached(environment: Environment, spec: ProcessSpec, complete: Answer<SpawnOutcome>): void {
    this.#spawning.spawnDetached(environment, spec, complete);
  }

  /**
   * `spawn` for a caller whose code is elsewhere and goes on meanwhile: it is not parked, and may be in a receive.
   * @param complete called once, maybe before spawnBeside returns, unless the returned function was called before
   * @returns gives up a spawn that has not completed; undefined when it has
   * @throws GuestTrap as `spawn`
   */
  spawnBeside(
    caller: Process,
    request: SpawnRequest,
    complete: (outcome: SpawnOutcome) => void,
  ): (() => void) | undefined {
    const pending = caller.abandonWait;
    caller.abandonWait = undefined;
    try {
      this.#spawning.begin(caller, request, false, complete);
      return caller.abandonWait;
    } finally {
      caller.abandonWait = pending;
    }
  }

  /** process::spawn. @throws GuestTrap no permission, or inside a start function */
  spawn(caller: Process, request: SpawnRequest, complete: Answer<SpawnOutcome>): SpawnOutcome | Parked {
    return this.#signals.waits.waitForAnswer<SpawnOutcome>(caller, ParkReason.Spawn, complete, (answer) =>
      this.#spawning.begin(caller, request, false, answer),
    );
  }

  /**
   * process::get_or_spawn. Of several callers, on whatever executors, one spawns and the others find what it spawned.
   * @param request as a function it is called only if the name is free, so that what is wrong with the request (a
   *   GuestTrap it throws) does not hit a caller who finds the name
   */
  getOrSpawn(
    caller: Process,
    name: string,
    request: SpawnRequest | (() => SpawnRequest),
    complete: (outcome: GetOrSpawnOutcome) => void,
  ): GetOrSpawnOutcome | Parked {
    return this.#names.getOrSpawn(caller, name, request, complete);
  }

  /** message::send. The message belongs to the kernel from here on; to a dead process it is dropped silently. */
  send(caller: Process, to: Pid, message: Message): void {
    if (message.kind === "data") message.from = caller.pid;
    caller.messagesSent++;
    tellSent(caller.environment, caller.pid, to, message);
    this.#signals.route(caller.environment, caller.pid, to, message);
    // The child's gate opened with the arrival of this message.
    if (caller.gatedChild === to) caller.gatedChild = undefined;
  }

  /**
   * message::receive; the message is left in `caller.scratch`, which a time-out leaves alone.
   * @param tags undefined = any message; must not change until the call has completed
   * @param timeoutMs u64::MAX = none
   * @returns 0 data, 1 link died, 2 process died, 9027 timed out
   */
  receive(
    caller: Process,
    tags: readonly bigint[] | undefined,
    timeoutMs: bigint,
    complete: (code: number) => void,
  ): number | Parked {
    const { mailbox } = caller;
    const message = mailbox.size === 0 ? undefined : mailbox.take(tags);
    if (message === undefined) {
      caller.waitsForReply = false;
      return this.#signals.waits.waitForMessage(caller, ParkReason.Receive, tags, timeoutMs, complete);
    }
    caller.receive(message);
    tellTaken(caller, message, mailbox.size);
    return receiveCode(message);
  }

  /** Ends a pending `receive` as if it had not been called: its `complete` will not run, no message is lost. */
  abandonReceive(caller: Process): void {
    this.#signals.waits.abandonReceive(caller);
  }

  /** message::send_receive_skip_search: 0 for any kind of message with that tag, 9027 timed out. */
  sendReceiveSkipSearch(
    caller: Process,
    to: Pid,
    message: Message,
    tag: bigint,
    timeoutMs: bigint,
    complete: (code: number) => void,
  ): number | Parked {
    this.send(caller, to, message);
    caller.waitsForReply = true;
    return this.#signals.waits.waitForMessage(caller, ParkReason.Receive, [tag], timeoutMs, complete);
  }

  /** process::sleep_ms. @param complete its argument means nothing */
  sleep(caller: Process, ms: bigint, complete: (code: number) => void): number | Parked {
    return this.#signals.waits.waitForMessage(caller, ParkReason.Sleep, NO_TAGS, ms, complete);
  }

  /** process::link. A link to a process that does not exist, or that dies before it learns of it, ends as NoProcess. */
  link(caller: Process, tag: bigint, pid: Pid): void {
    this.#tell(caller, caller.pid, { kind: "link", peer: pid, tag });
    if (this.#state.mayExist(caller, pid)) this.#tell(caller, pid, { kind: "link", peer: caller.pid, tag });
    else this.#tell(caller, caller.pid, { kind: "linkEnded", peer: pid, tag, reason: "noProcess" });
  }

  unlink(caller: Process, pid: Pid): void {
    this.#tell(caller, pid, { kind: "unlink", peer: caller.pid });
    this.#tell(caller, caller.pid, { kind: "unlink", peer: pid });
  }

  /** process::monitor. A process that is dead already never reports (host ABI ch. 17, 19). */
  monitor(caller: Process, pid: Pid): void {
    if (!this.#state.mayExist(caller, pid)) return;
    caller.monitored ??= new Set();
    caller.monitored.add(pid);
    this.#tell(caller, pid, { kind: "monitor", peer: caller.pid });
  }

  stopMonitoring(caller: Process, pid: Pid): void {
    caller.monitored?.delete(pid);
    this.#tell(caller, pid, { kind: "stopMonitoring", peer: caller.pid });
  }

  kill(caller: Process, pid: Pid): void {
    this.#tell(caller, pid, { kind: "kill", peer: caller.pid });
  }

  /** process::exists. False for a process inside its start function. Waits only where no directory is shared. */
  exists(caller: Process, pid: Pid, complete: (exists: boolean) => void): boolean | Parked {
    return this.#existence.ask(caller, pid, complete);
  }

  /** process::die_when_link_dies: takes effect in order with the other signals of the caller. */
  dieWhenLinkDies(caller: Process, on: boolean): void {
    this.#signals.deliver(caller, caller.pid, { kind: "dieWhenLinkDies", on });
  }

  /** timer::send_after. @returns the id for cancelTimer */
  sendAfter(caller: Process, to: Pid, delayMs: bigint, message: Message): bigint {
    if (message.kind === "data") message.from = caller.pid;
    return this.#delayedSends.schedule(caller, to, delayMs, message);
  }

  cancelTimer(caller: Process, id: bigint): boolean {
    return this.#delayedSends.cancel(caller, id);
  }

  /** registry::put. Waits only while that name is being spawned, or for the executor that keeps the registry. */
  registryPut(
    caller: Process,
    name: string,
    node: bigint,
    pid: bigint,
    complete: () => void,
  ): undefined | Parked {
    return this.#names.put(caller, name, { node, pid }, complete);
  }

  registryGet(
    caller: Process,
    name: string,
    complete: (entry: RegistryEntry | undefined) => void,
  ): RegistryEntry | undefined | Parked {
    return this.#names.get(caller, name, complete);
  }

  registryRemove(caller: Process, name: string, complete: () => void): undefined | Parked {
    return this.#names.remove(caller, name, complete);
  }

  compileModule(
    caller: Process,
    bytes: Uint8Array,
    complete: (outcome: CompileOutcome) => void,
  ): CompileOutcome | Parked {
    return this.awaitHost<CompileOutcome>(caller, complete, (answer) =>
      this.#state.options.modules.compile(bytes, answer),
    );
  }

  /** Waits for something that the host does. @param begin calls `answer` once, now or later */
  awaitHost<T>(caller: Process, complete: Answer<T>, begin: (answer: Answer<T>) => void): T | Parked {
    return this.#signals.waits.waitForAnswer<T>(caller, ParkReason.Other, complete, begin);
  }

  /** Handles the signals that came during the slice. @throws ProcessStopped one of them ended the process */
  yieldPoint(process: Process): void {
    this.#signals.drain(process);
    if (process.state === "ended") throw new ProcessStopped(`Process ${process.pid} ended while it ran`);
    // One slice may end between get_or_spawn and the first send; the second yield shows that no send is coming soon.
    if (process.gatedChild !== undefined && ++process.gateYields > 1) this.#signals.openGate(process);
  }

  /**
   * Ends a process; links and monitors are told. Idempotent. Its body is told to stop unless it is the running process:
   * whoever runs that one calls this before it sets `running` anew.
   */
  exit(process: Process, cause: ExitCause): void {
    this.#endings.exit(process, cause);
  }

  /** Whether a process may move to another executor; see Migration. */
  canMove(process: Process): boolean {
    return this.#migration.canMove(process);
  }

  /** Moves a process for which `canMove` was true; its body is not told and must be dropped by the caller. */
  move(process: Process, to: ExecutorIndex): void {
    this.#migration.move(process, to);
  }

  /**
   * A kill from the page, which asks every executor.
   * @returns false if there is no such process, or if another executor knows better
   */
  killFromOutside(environment: Environment, pid: Pid): boolean {
    if (environment.directory.authority(pid) !== undefined) return false;
    if (this.#state.locate(environment, pid) === undefined) return false;
    this.#signals.route(environment, NO_PID, pid, { kind: "kill", peer: NO_PID });
    return true;
  }

  /** Sends a message from outside the environment; its `from` is left as it is. */
  inject(environment: Environment, to: Pid, message: Message): void {
    tellSent(environment, message.from, to, message);
    this.#signals.route(environment, NO_PID, to, message);
  }

  /** Everything another kernel posted to this one, in its order. */
  receiveEnvelope(from: ExecutorIndex, envelope: PeerEnvelope): void {
    this.#state.detours.heard(from);
    this.#inbox.receive(from, envelope);
  }

  /**
   * An executor is gone with all its processes. What it had posted before must have been received: links and monitors
   * of its processes are told, and every call that waits for it fails.
   */
  executorLost(index: ExecutorIndex): void {
    if (this.#state.lostExecutors.has(index)) return;
    this.#state.lostExecutors.add(index);
    this.#spawnRequests.executorLost(index);
    this.#nameRequests.executorLost(index);
    this.#existence.requests.executorLost(index);
    this.#loss.tell(index);
  }

  #tell(caller: Process, to: Pid, signal: ControlSignal): void {
    if (to === caller.pid) this.#signals.deliver(caller, caller.pid, signal);
    else this.#signals.route(caller.environment, caller.pid, to, signal);
  }
}
