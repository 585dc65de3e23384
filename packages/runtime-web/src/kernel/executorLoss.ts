import { DividedPidDirectory } from "./dividedPidDirectory.ts";
import type { Environment } from "./environment.ts";
import type { EnvironmentId, ExecutorIndex, Pid } from "./ids.ts";
import type { KernelState } from "./kernelState.ts";
import type { SurvivorsEnvelope } from "./peers.ts";
import type { Process } from "./process.ts";
import type { Signals } from "./signals.ts";
import type { Spawning } from "./spawning.ts";

/** What the executors that are left have said about a lost one, for an environment without a shared directory. */
interface Inquiry {
  /** Who has not answered yet; undefined until this executor has heard of the loss itself. */
  waitingFor: Set<ExecutorIndex> | undefined;
  readonly answered: Set<ExecutorIndex>;
  readonly died: Set<Pid>;
  readonly living: Map<Pid, ExecutorIndex>;
}

/**
 * Tells the processes of this executor what died with another one.
 *
 * A shared directory says where every process lived. Without one each executor knows only where the processes born on it
 * live, so all that are left first tell each other who of those was on the lost one, and who was born there and lives.
 */
export class ExecutorLoss {
  readonly #state: KernelState;
  readonly #signals: Signals;
  readonly #spawning: Spawning;
  readonly #inquiries = new Map<EnvironmentId, Map<ExecutorIndex, Inquiry>>();

  constructor(state: KernelState, signals: Signals, spawning: Spawning) {
    this.#state = state;
    this.#signals = signals;
    this.#spawning = spawning;
  }

  tell(index: ExecutorIndex): void {
    for (const environment of [...this.#state.environments.values()]) {
      environment.registry?.executorLost(index);
      this.#dropUnfinishedSpawns(environment, index);
      const { directory } = environment;
      if (directory instanceof DividedPidDirectory) this.#inquire(environment, directory, index);
      else this.#tellAll(environment, (pid) => directory.lastPlace(pid) === index);
    }
  }

  receiveSurvivors(from: ExecutorIndex, environment: Environment, envelope: SurvivorsEnvelope): void {
    const inquiry = this.#inquiry(environment.id, envelope.lost);
    inquiry.answered.add(from);
    for (const pid of envelope.died) inquiry.died.add(pid);
    for (const pid of envelope.living) inquiry.living.set(pid, from);
    this.#conclude(environment, envelope.lost);
  }

  closed(id: EnvironmentId): void {
    this.#inquiries.delete(id);
  }

  #inquire(environment: Environment, directory: DividedPidDirectory, lost: ExecutorIndex): void {
    const inquiry = this.#inquiry(environment.id, lost);
    const died = directory.takeAllOn(lost);
    const living = [...environment.processes.keys()].filter((pid) => directory.birthplace(pid) === lost);
    for (const pid of died) inquiry.died.add(pid);
    for (const pid of living) inquiry.living.set(pid, this.#state.executor);
    inquiry.waitingFor = new Set();
    for (let executor = 0; executor < directory.executors; executor++) {
      if (executor === this.#state.executor || this.#state.lostExecutors.has(executor)) continue;
      inquiry.waitingFor.add(executor);
      this.#state.tell(executor, { type: "survivors", environment: environment.id, lost, died, living });
    }
    for (const other of [...this.#inquiries.get(environment.id)!.keys()]) this.#conclude(environment, other);
  }

  /** Once everybody that is left has answered. */
  #conclude(environment: Environment, lost: ExecutorIndex): void {
    const { directory, id } = environment;
    const inquiry = this.#inquiry(id, lost);
    if (inquiry.waitingFor === undefined) return;
    for (const executor of inquiry.waitingFor) {
      if (!inquiry.answered.has(executor) && !this.#state.lostExecutors.has(executor)) return;
    }
    this.#inquiries.get(id)!.delete(lost);
    for (const [pid, executor] of inquiry.living) directory.place(pid, executor, executor);
    this.#tellAll(environment, (pid) => {
      if (inquiry.living.has(pid)) return false;
      return inquiry.died.has(pid) || (directory as DividedPidDirectory).birthplace(pid) === lost;
    });
  }

  #inquiry(id: EnvironmentId, lost: ExecutorIndex): Inquiry {
    const ofEnvironment = this.#inquiries.get(id) ?? new Map<ExecutorIndex, Inquiry>();
    this.#inquiries.set(id, ofEnvironment);
    let inquiry = ofEnvironment.get(lost);
    if (inquiry === undefined) {
      inquiry = { waitingFor: undefined, answered: new Set(), died: new Set(), living: new Map() };
      ofEnvironment.set(lost, inquiry);
    }
    return inquiry;
  }

  #tellAll(environment: Environment, wasThere: (pid: Pid) => boolean): void {
    for (const process of [...environment.processes.values()]) this.#tellProcess(process, wasThere);
  }

  #tellProcess(process: Process, wasThere: (pid: Pid) => boolean): void {
    const { links, monitored, peerTags } = process;
    if (process.heldBack !== undefined && wasThere(process.parent)) {
      this.#signals.deliver(process, process.parent, { kind: "openGate", peer: process.parent });
    }
    for (const [peer, ownTag] of [...links]) {
      if (!wasThere(peer)) continue;
      const tag = peerTags?.get(peer) ?? ownTag;
      this.#signals.deliver(process, peer, { kind: "linkEnded", peer, tag, reason: "failure" });
    }
    for (const peer of [...(monitored ?? [])]) {
      if (wasThere(peer)) this.#signals.deliver(process, peer, { kind: "processEnded", peer });
    }
  }

  #dropUnfinishedSpawns(environment: Environment, index: ExecutorIndex): void {
    for (const [pid, launch] of [...environment.launching]) {
      if (launch.by === index && launch.isAwaited) this.#spawning.abandon(environment, pid);
    }
    for (const pid of [...environment.early.keys()]) {
      if (environment.launching.has(pid) || environment.directory.placedBy(pid) !== index) continue;
      environment.directory.release(pid);
      for (const early of environment.takeEarly(pid)) this.#signals.bounce(environment, pid, early.signal);
    }
  }
}
