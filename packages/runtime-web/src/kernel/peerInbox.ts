import type { ExecutorLoss } from "./executorLoss.ts";
import type { Existence } from "./existence.ts";
import type { EnvironmentId, ExecutorIndex } from "./ids.ts";
import type { KernelState } from "./kernelState.ts";
import type { Migration } from "./migration.ts";
import type { Names } from "./names.ts";
import type { PeerEnvelope, RegistryAnswer } from "./peers.ts";
import type { Requests } from "./requests.ts";
import type { Signals } from "./signals.ts";
import type { Spawning } from "./spawning.ts";

/** The parts of a kernel that envelopes are for. */
export interface PeerInboxParts {
  readonly signals: Signals;
  readonly spawning: Spawning;
  readonly migration: Migration;
  readonly names: Names;
  readonly existence: Existence;
  readonly loss: ExecutorLoss;
  readonly spawnRequests: Requests<string | undefined>;
  readonly nameRequests: Requests<RegistryAnswer>;
}

interface Received {
  readonly from: ExecutorIndex;
  readonly envelope: PeerEnvelope;
}

/** Takes in what other kernels post, and keeps what is for environments that are not open here yet. */
export class PeerInbox {
  readonly #state: KernelState;
  readonly #parts: PeerInboxParts;
  /** Rings can be faster than the hub's message that opens the environment. */
  readonly #unopened = new Map<EnvironmentId, Received[]>();
  /** Environments that were open here: one number per run, so that late envelopes are not kept for ever. */
  readonly #closed = new Set<EnvironmentId>();

  constructor(state: KernelState, parts: PeerInboxParts) {
    this.#state = state;
    this.#parts = parts;
  }

  opened(id: EnvironmentId): void {
    this.#closed.delete(id);
    const waiting = this.#unopened.get(id) ?? [];
    this.#unopened.delete(id);
    for (const { from, envelope } of waiting) this.receive(from, envelope);
  }

  closed(id: EnvironmentId): void {
    this.#closed.add(id);
    this.#unopened.delete(id);
  }

  receive(from: ExecutorIndex, envelope: PeerEnvelope): void {
    if (this.#state.lostExecutors.has(from)) return;
    const id = envelope.environment;
    const environment = this.#state.environments.get(id);
    if (environment === undefined) {
      if (!this.#closed.has(id)) this.#keep(id, { from, envelope });
      return;
    }
    const { signals, spawning, migration, names, existence, loss, spawnRequests, nameRequests } = this.#parts;
    switch (envelope.type) {
      case "signal":
        signals.receive(environment, from, envelope.from, envelope.to, envelope.signal);
        return;
      case "spawn":
        spawning.receiveSpawn(from, envelope);
        return;
      case "move":
        migration.receive(from, envelope);
        return;
      case "spawned":
        spawnRequests.answer(envelope.request, envelope.failure);
        return;
      case "abandonSpawn":
        spawning.abandon(environment, envelope.pid);
        return;
      case "registryRequest":
        names.receiveRequest(from, envelope);
        return;
      case "registryWithdraw":
        environment.registry?.withdraw(envelope.name, { executor: from, request: envelope.request });
        return;
      case "registrySettle":
        names.settle(environment, envelope.name, envelope.entry);
        return;
      case "existsRequest":
        existence.receiveRequest(from, environment, envelope);
        return;
      case "existsReply":
        existence.requests.answer(envelope.request, envelope.exists);
        return;
      case "gone":
        environment.directory.release(envelope.pid);
        return;
      case "survivors":
        loss.receiveSurvivors(from, environment, envelope);
        return;
      case "registryReply":
        nameRequests.answer(envelope.request, envelope.answer);
        return;
      default:
        envelope satisfies never;
    }
  }

  #keep(id: EnvironmentId, received: Received): void {
    const waiting = this.#unopened.get(id);
    if (waiting === undefined) this.#unopened.set(id, [received]);
    else waiting.push(received);
  }
}
