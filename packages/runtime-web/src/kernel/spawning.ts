import { EventKind } from "../inspect/events.ts";
import { tellDenied } from "./denials.ts";
import type { Endings } from "./endings.ts";
import type { Environment } from "./environment.ts";
import { GuestTrap } from "./guestTrap.ts";
import type { ExecutorIndex, Pid } from "./ids.ts";
import { NO_PID } from "./ids.ts";
import type { KernelState } from "./kernelState.ts";
import type { PeerEnvelope } from "./peers.ts";
import { Process } from "./process.ts";
import type { Requests } from "./requests.ts";
import type { Signals } from "./signals.ts";
import type { ProcessSpec, SpawnOutcome, SpawnRequest } from "./spawnRequest.ts";

type SpawnEnvelope = Extract<PeerEnvelope, { type: "spawn" }>;

/**
 * Living processes of one environment on one executor. A process that has not started takes about 1.5 KB: a program that
 * spawns for ever must not take the memory of all others.
 */
const MAX_PROCESSES = 250_000;

/** Creates processes, here or on the executor that `place` chooses. Steps as in host ABI ch. 4. */
export class Spawning {
  readonly #state: KernelState;
  readonly #signals: Signals;
  readonly #endings: Endings;
  /** Children on other executors that their parents wait for; the reply is the failure, or undefined. */
  readonly #requests: Requests<string | undefined>;

  constructor(
    state: KernelState,
    signals: Signals,
    endings: Endings,
    requests: Requests<string | undefined>,
  ) {
    this.#state = state;
    this.#signals = signals;
    this.#endings = endings;
    this.#requests = requests;
  }

  /** @throws GuestTrap the caller may not spawn */
  checkPermission(caller: Process): void {
    if (!caller.config.canSpawnProcesses) {
      const limit = "its config lacks can_spawn_processes";
      tellDenied(caller, "a spawn, which trapped", limit);
      throw new GuestTrap(`Process ${caller.pid} may not spawn: ${limit}`);
    }
    if (!caller.isInitialized) {
      throw new GuestTrap(`Process ${caller.pid} cannot spawn before its module's start function has ended`);
    }
  }

  spawnRoot(environment: Environment, spec: ProcessSpec, complete: (outcome: SpawnOutcome) => void): Process {
    const process = new Process(environment.directory.allocate(), environment, NO_PID, spec);
    environment.root = process.pid;
    this.#launch(process, this.#state.executor, true, (failure) => {
      complete(failure === undefined ? { pid: process.pid } : { failure });
    });
    return process;
  }

  /** A process without parent beside the root, asked for from outside the environment. */
  spawnDetached(
    environment: Environment,
    spec: ProcessSpec,
    complete: (outcome: SpawnOutcome) => void,
  ): void {
    const process = new Process(environment.directory.allocate(), environment, NO_PID, spec);
    this.#launch(process, this.#state.executor, true, (failure) => {
      complete(failure === undefined ? { pid: process.pid } : { failure });
    });
  }

  /**
   * @param gated messages of others than the caller are held back until it has sent one or waits (host ABI ch. 17, 31)
   * @param done called once, now or later, unless the caller dies first; afterwards the caller may have been ended by
   *   a signal it had waiting
   * @throws GuestTrap as checkPermission, or what `place` throws
   */
  begin(caller: Process, request: SpawnRequest, gated: boolean, done: (outcome: SpawnOutcome) => void): void {
    this.checkPermission(caller);
    const { environment } = caller;
    const most = this.#state.options.maxProcesses ?? MAX_PROCESSES;
    if (environment.processes.size + environment.launching.size >= most) {
      done({ failure: this.#tellCrowd(environment, most) });
      return;
    }
    const pid = environment.directory.allocate();
    const chosen = this.#place(caller, pid, request);
    if (chosen === this.#state.executor || this.#state.lostExecutors.has(chosen)) {
      this.#beginHere(caller, pid, request, gated, done);
    } else {
      this.#beginElsewhere(caller, pid, request, gated, done, chosen);
    }
  }

  #tellCrowd(environment: Environment, most: number): string {
    const text = `${most} processes of this environment are alive here, and there can be no more: the spawn failed`;
    if (!environment.isCrowded) environment.sink?.emit(EventKind.Notice, environment.root, 0, 0n, 0, text);
    environment.isCrowded = true;
    return text;
  }

  #place(caller: Process, pid: Pid, request: SpawnRequest): ExecutorIndex {
    const { place, modules } = this.#state.options;
    try {
      const chosen = place(request, caller);
      // It cannot start, which its parent is told at once if it is made here; for another executor it does not wait.
      const isTooLarge = modules.initialBytes(request.module) > request.config.maxMemory;
      return isTooLarge ? this.#state.executor : chosen;
    } catch (error) {
      caller.environment.directory.release(pid);
      throw error;
    }
  }

  receiveSpawn(from: ExecutorIndex, envelope: SpawnEnvelope): void {
    const environment = this.#state.environments.get(envelope.environment);
    if (environment === undefined) return;
    const child = new Process(envelope.pid, environment, envelope.parent, envelope);
    const isAwaited = envelope.request !== 0;
    child.detour = this.#state.detourOf(child, from, envelope.heard);
    // Its parent's executor has placed it here already; signals for it may come before its module does.
    if (!isAwaited) environment.directory.place(child.pid, this.#state.executor, from);
    if (envelope.gated) child.heldBack = [];
    if (envelope.link !== 0n) {
      child.links.set(envelope.parent, envelope.link);
      child.expectPeerTag(envelope.parent, 0n);
    }
    this.#launch(child, from, isAwaited, (failure) => {
      if (!isAwaited) return;
      const { environment: id, request } = envelope;
      this.#state.post(from, { type: "spawned", environment: id, request, failure });
    });
  }

  /** Nobody waits for this child any more: its parent died, or the executor of its parent is lost. */
  abandon(environment: Environment, pid: Pid): void {
    const launch = environment.launching.get(pid);
    if (launch === undefined) {
      this.#orphan(environment, pid);
      return;
    }
    environment.launching.delete(pid);
    this.#endings.exit(launch.process, { type: "killed", by: launch.process.parent });
  }

  /** The news of its creation and that of its parent's death crossed: it lives, linked to a dead process. */
  #orphan(environment: Environment, pid: Pid): void {
    const child = environment.processes.get(pid);
    if (child === undefined) return;
    const { parent } = child;
    this.#signals.deliver(child, parent, { kind: "openGate", peer: parent });
    this.#signals.deliver(child, parent, { kind: "linkEnded", peer: parent, tag: 0n, reason: "failure" });
  }

  #beginHere(
    caller: Process,
    pid: Pid,
    request: SpawnRequest,
    gated: boolean,
    done: (outcome: SpawnOutcome) => void,
  ): void {
    const { environment } = caller;
    const child = new Process(pid, environment, caller.pid, request);
    child.postsAtSpawn = this.#state.posts;
    if (gated) child.heldBack = [];
    caller.abandonWait = () => this.abandon(environment, pid);
    this.#launch(child, this.#state.executor, true, (failure) => {
      caller.abandonWait = undefined;
      if (failure !== undefined) {
        done({ failure });
        return;
      }
      if (request.link !== 0n) {
        this.#signals.deliver(child, caller.pid, { kind: "link", peer: caller.pid, tag: request.link });
      }
      this.#linkParent(caller, pid, request.link);
      if (gated) keepGate(caller, pid);
      done({ pid });
    });
  }

  #beginElsewhere(
    caller: Process,
    pid: Pid,
    request: SpawnRequest,
    gated: boolean,
    done: (outcome: SpawnOutcome) => void,
    executor: ExecutorIndex,
  ): void {
    const { environment } = caller;
    const { link, module, entry, params, config } = request;
    const mustWait = this.#state.options.modules.hasStart(module);
    const arrived = (): void => {
      this.#linkParent(caller, pid, link);
      if (caller.links.has(pid)) caller.expectPeerTag(pid, link);
      if (gated) keepGate(caller, pid);
      done({ pid });
    };
    let number = 0;
    if (mustWait) {
      environment.directory.expect(pid, executor);
      number = this.#requests.open(executor, environment.id, {
        answer: (failure) => {
          caller.abandonWait = undefined;
          if (failure === undefined) arrived();
          else done({ failure });
        },
        lost: () => {
          environment.directory.release(pid);
          done({ failure: `Executor ${executor}, where the process was being created, is lost` });
        },
      });
      caller.abandonWait = () => {
        this.#requests.close(number);
        this.#state.post(executor, { type: "abandonSpawn", environment: environment.id, pid });
      };
    } else {
      environment.directory.place(pid, executor, this.#state.executor);
    }
    this.#state.post(executor, {
      type: "spawn",
      environment: environment.id,
      request: number,
      pid,
      parent: caller.pid,
      link,
      gated,
      heard: this.#state.detours.heardOf(executor),
      module,
      entry,
      params,
      config,
    });
    if (!mustWait) arrived();
  }

  /** The link step of the caller: it gets its half without tag, and yields once. */
  #linkParent(caller: Process, child: Pid, link: bigint): void {
    if (link === 0n) return;
    this.#signals.deliver(caller, child, { kind: "link", peer: child, tag: 0n });
    this.#signals.drain(caller);
  }

  #launch(
    process: Process,
    by: ExecutorIndex,
    isAwaited: boolean,
    told: (failure: string | undefined) => void,
  ): void {
    const { environment, pid } = process;
    const finish = (failure: string | undefined): void => {
      if (!environment.launching.delete(pid)) return;
      if (failure !== undefined)
        this.#endings.exit(process, { type: "trapped", message: failure, stack: "" }, false);
      else this.#enter(process, by);
      told(failure);
      if (failure !== undefined) return;
      for (const { from, signal } of environment.takeEarly(pid))
        this.#signals.route(environment, from, pid, signal);
      if (process.state !== "ended") this.#state.options.launcher.start(process);
    };
    environment.launching.set(pid, { process, by, isAwaited, finish });
    const { sink } = process.environment;
    if (sink !== undefined) {
      const label = this.#state.options.describe?.(process) ?? process.entry;
      sink.emit(EventKind.Spawn, pid, process.parent, 0n, process.module, label);
    }
    this.#state.options.launcher.launch(process, finish);
  }

  #enter(process: Process, by: ExecutorIndex): void {
    const { environment, pid } = process;
    process.isInitialized = true;
    process.state = "unstarted";
    environment.processes.set(pid, process);
    environment.directory.place(pid, this.#state.executor, by);
  }
}

function keepGate(parent: Process, child: Pid): void {
  parent.gatedChild = child;
  parent.gateYields = 0;
}
