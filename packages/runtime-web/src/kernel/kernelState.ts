import type { KernelOptions } from "./collaborators.ts";
import { Detours } from "./detours.ts";
import type { Environment } from "./environment.ts";
import type { EnvironmentId, ExecutorIndex, Pid } from "./ids.ts";
import type { PeerEnvelope } from "./peers.ts";
import type { Process } from "./process.ts";

/** What the parts of one kernel share. */
export class KernelState {
  readonly options: KernelOptions;
  readonly executor: ExecutorIndex;
  readonly environments = new Map<EnvironmentId, Environment>();
  /** Envelopes posted to other executors so far. */
  posts = 0;
  readonly lostExecutors = new Set<ExecutorIndex>();
  readonly detours = new Detours();
  #running: Process | undefined = undefined;

  constructor(options: KernelOptions) {
    this.options = options;
    this.executor = options.executor;
  }

  get running(): Process | undefined {
    return this.#running;
  }

  set running(process: Process | undefined) {
    const previous = this.#running;
    if (previous !== undefined && previous !== process && previous.state === "running") {
      previous.state = "runnable";
    }
    this.#running = process;
    if (process !== undefined && process.state !== "ended") process.state = "running";
  }

  /** @returns the executor on which a living process is; undefined if it is dead, unknown, or lost with its executor */
  locate(environment: Environment, pid: Pid): ExecutorIndex | undefined {
    if (environment.processes.has(pid)) return this.executor;
    const executor = environment.directory.locate(pid);
    return executor !== undefined && this.lostExecutors.has(executor) ? undefined : executor;
  }

  /** False if the process is known to be dead; what is sent to one that turns out to be is answered or dropped there. */
  mayExist({ environment }: Process, pid: Pid): boolean {
    return this.locate(environment, pid) !== undefined;
  }

  /** The detour of a process that has come from its birthplace `from`, which had heard so many envelopes of ours. */
  detourOf({ environment, pid }: Process, from: ExecutorIndex, heard: number): ExecutorIndex | undefined {
    const isExact = environment.directory.authority(pid) === undefined;
    return !isExact && this.detours.mayBeOpen(from, heard) ? from : undefined;
  }

  post(to: ExecutorIndex, envelope: PeerEnvelope): void {
    this.posts++;
    this.tell(to, envelope);
  }

  /** As `post`, for what reveals no pid to the receiver: it keeps no process from moving (see Migration). */
  tell(to: ExecutorIndex, envelope: PeerEnvelope): void {
    if (this.lostExecutors.has(to)) return;
    this.detours.posted(to);
    this.options.peers.post(to, envelope);
  }
}
