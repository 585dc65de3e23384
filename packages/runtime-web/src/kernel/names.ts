import { ParkReason } from "../inspect/events.ts";
import type { Environment } from "./environment.ts";
import { GuestTrap } from "./guestTrap.ts";
import type { ExecutorIndex } from "./ids.ts";
import type { KernelState } from "./kernelState.ts";
import type { Parked } from "./parked.ts";
import type { PeerEnvelope, RegistryAnswer, RegistryOperation } from "./peers.ts";
import type { Process } from "./process.ts";
import type { Requests } from "./requests.ts";
import type { Spawning } from "./spawning.ts";
import type { GetOrSpawnOutcome, RegistryEntry, SpawnRequest } from "./spawnRequest.ts";
import type { Waits } from "./waits.ts";

type RegistryRequestEnvelope = Extract<PeerEnvelope, { type: "registryRequest" }>;

/** Id of this node for handles in the registry: 0 as long as there is only one. Host ABI ch. 3.9. */
const OWN_NODE = 0n;

/** Registered names: calls of processes here, wherever the registry is, and the registry for the processes elsewhere. */
export class Names {
  readonly #state: KernelState;
  readonly #waits: Waits;
  readonly #spawning: Spawning;
  readonly #requests: Requests<RegistryAnswer>;
  /** Number of the last question to the registry of this executor. */
  #ownQuestions = 0;

  constructor(state: KernelState, waits: Waits, spawning: Spawning, requests: Requests<RegistryAnswer>) {
    this.#state = state;
    this.#waits = waits;
    this.#spawning = spawning;
    this.#requests = requests;
  }

  put(caller: Process, name: string, entry: RegistryEntry, complete: () => void): undefined | Parked {
    return this.#change(caller, name, { type: "put", entry }, complete);
  }

  remove(caller: Process, name: string, complete: () => void): undefined | Parked {
    return this.#change(caller, name, { type: "remove" }, complete);
  }

  get(
    caller: Process,
    name: string,
    complete: (entry: RegistryEntry | undefined) => void,
  ): RegistryEntry | undefined | Parked {
    return this.#waits.waitForAnswer<RegistryEntry | undefined>(
      caller,
      ParkReason.Registry,
      complete,
      (answer, fail) => {
        this.#ask(caller, name, { type: "get" }, (found) => answer(entryOf(found)), fail);
      },
    );
  }

  getOrSpawn(
    caller: Process,
    name: string,
    request: SpawnRequest | (() => SpawnRequest),
    complete: (outcome: GetOrSpawnOutcome) => void,
  ): GetOrSpawnOutcome | Parked {
    // A process in its start function may find a name but not spawn, so it must not reserve it.
    const operation = caller.isInitialized ? "reserve" : "get";
    return this.#waits.waitForAnswer<GetOrSpawnOutcome>(
      caller,
      ParkReason.Spawn,
      complete,
      (answer, fail) => {
        const proceed = (found: RegistryAnswer): void => {
          const entry = entryOf(found);
          if (entry !== undefined) answer({ found: true, node: entry.node, pid: entry.pid });
          else this.#spawnNamed(caller, name, found.type === "reserved", request, answer, fail);
        };
        this.#ask(caller, name, { type: operation }, proceed, fail);
      },
    );
  }

  receiveRequest(from: ExecutorIndex, envelope: RegistryRequestEnvelope): void {
    const { environment: id, request, name, operation, mayWait } = envelope;
    const environment = this.#state.environments.get(id);
    const asker = { executor: from, request };
    environment?.registry?.request(name, operation, asker, mayWait, (answer) => {
      this.#state.post(from, { type: "registryReply", environment: id, request, answer });
    });
  }

  settle(environment: Environment, name: string, entry: RegistryEntry | undefined): void {
    if (environment.closed) return;
    if (environment.registry === undefined) {
      this.#state.post(environment.home, {
        type: "registrySettle",
        environment: environment.id,
        name,
        entry,
      });
      return;
    }
    environment.registry.settle(name, entry);
  }

  /** A change that waits for its name dies with its caller. */
  #change(
    caller: Process,
    name: string,
    operation: RegistryOperation,
    complete: () => void,
  ): undefined | Parked {
    return this.#waits.waitForAnswer<undefined>(caller, ParkReason.Registry, complete, (answer, fail) => {
      caller.abandonWait = this.#ask(caller, name, operation, () => answer(undefined), fail);
    });
  }

  #spawnNamed(
    caller: Process,
    name: string,
    isReserved: boolean,
    request: SpawnRequest | (() => SpawnRequest),
    answer: (outcome: GetOrSpawnOutcome) => void,
    fail: (trap: GuestTrap) => void,
  ): void {
    const { environment } = caller;
    const settle = (entry: RegistryEntry | undefined): void => {
      if (isReserved) this.settle(environment, name, entry);
    };
    if (caller.state === "ended") {
      settle(undefined);
      return;
    }
    try {
      this.#spawning.checkPermission(caller);
      const prepared = typeof request === "function" ? request() : request;
      this.#spawning.begin(caller, prepared, true, (outcome) => {
        // Ended by a signal that was waiting at the link step: the name must not lead to what it left behind.
        const isKept = "pid" in outcome && caller.state !== "ended";
        settle(isKept ? { node: OWN_NODE, pid: BigInt(outcome.pid) } : undefined);
        answer("pid" in outcome ? { found: false, pid: outcome.pid } : outcome);
      });
    } catch (error) {
      settle(undefined);
      if (!(error instanceof GuestTrap)) throw error;
      fail(error);
      return;
    }
    const abandonSpawn = caller.abandonWait;
    if (abandonSpawn === undefined) return;
    caller.abandonWait = () => {
      abandonSpawn();
      settle(undefined);
    };
  }

  /** @returns withdraws the question, if it still waits for its name; it is not answered then */
  #ask(
    caller: Process,
    name: string,
    operation: RegistryOperation,
    answer: (answer: RegistryAnswer) => void,
    fail: (trap: GuestTrap) => void,
  ): () => void {
    const { environment, isInitialized: mayWait } = caller;
    const { executor, lostExecutors } = this.#state;
    const { home, id, registry } = environment;
    if (registry !== undefined) {
      const asker = { executor, request: ++this.#ownQuestions };
      registry.request(name, operation, asker, mayWait, answer);
      return () => registry.withdraw(name, asker);
    }
    const lost = (): void =>
      fail(new GuestTrap(`The registry of environment ${id} is lost with its executor ${home}: ${name}`));
    if (lostExecutors.has(home)) {
      lost();
      return () => {};
    }
    const request = this.#requests.open(home, id, { answer, lost });
    this.#state.post(home, { type: "registryRequest", environment: id, request, name, operation, mayWait });
    return () => {
      this.#requests.close(request);
      this.#state.post(home, { type: "registryWithdraw", environment: id, request, name });
    };
  }
}

function entryOf(answer: RegistryAnswer): RegistryEntry | undefined {
  return answer.type === "found" ? answer.entry : undefined;
}
