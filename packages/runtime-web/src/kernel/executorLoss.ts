import type { Environment } from "./environment.ts";
import type { ExecutorIndex, Pid } from "./ids.ts";
import type { KernelState } from "./kernelState.ts";
import type { Process } from "./process.ts";
import type { Signals } from "./signals.ts";
import type { Spawning } from "./spawning.ts";

/** Tells the processes of this executor what died with another one. */
export class ExecutorLoss {
  readonly #state: KernelState;
  readonly #signals: Signals;
  readonly #spawning: Spawning;

  constructor(state: KernelState, signals: Signals, spawning: Spawning) {
    this.#state = state;
    this.#signals = signals;
    this.#spawning = spawning;
  }

  tell(index: ExecutorIndex): void {
    for (const environment of [...this.#state.environments.values()]) {
      environment.registry?.executorLost(index);
      this.#dropUnfinishedSpawns(environment, index);
      for (const process of [...environment.processes.values()]) this.#tellProcess(process, index);
    }
  }

  #tellProcess(process: Process, index: ExecutorIndex): void {
    const { environment } = process;
    const wasThere = (pid: Pid): boolean => environment.directory.lastPlace(pid) === index;
    if (process.heldBack !== undefined && wasThere(process.parent)) {
      this.#signals.deliver(process, process.parent, { kind: "openGate", peer: process.parent });
    }
    for (const [peer, ownTag] of [...process.links]) {
      if (!wasThere(peer)) continue;
      const tag = process.peerTags?.get(peer) ?? ownTag;
      this.#signals.deliver(process, peer, { kind: "linkEnded", peer, tag, reason: "failure" });
    }
    for (const peer of [...(process.monitored ?? [])]) {
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
