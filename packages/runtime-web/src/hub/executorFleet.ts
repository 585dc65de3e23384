import { canWaitAsync, createRings } from "../mailbox/index.ts";
import type { ExecutorToHub, HubToExecutor, ModuleParcel, PeerLink } from "../protocol/hubExecutor.ts";
import { postToExecutor } from "../protocol/post.ts";
import { type RuntimeSettings, sharedCellCount } from "../protocol/settings.ts";

export interface FleetEvents {
  message(executor: number, message: Exclude<ExecutorToHub, { type: "loaded" | "ready" | "fault" }>): void;
  /** The worker is gone for good; its processes with it. */
  lost(executor: number, reason: string): void;
}

/** The workers that run processes. Started together, each connected to each and to the page. */
export class ExecutorFleet {
  readonly #settings: RuntimeSettings;
  readonly #events: FleetEvents;
  readonly #workers: (Worker | undefined)[] = [];

  constructor(settings: RuntimeSettings, events: FleetEvents) {
    this.#settings = settings;
    this.#events = events;
  }

  /** Resolves when every executor is ready; port i of the answer leads from the page to executor i. */
  async start(): Promise<MessagePort[]> {
    const { executors, isShared } = this.#settings;
    const cells = createBuffer(sharedCellCount(executors) * Int32Array.BYTES_PER_ELEMENT, isShared);
    const links = connect(executors, isShared);
    const pagePorts: MessagePort[] = [];
    const ready: Promise<void>[] = [];
    for (let index = 0; index < executors; index++) {
      const worker = new Worker(new URL("../executor/executor.worker.ts", import.meta.url), {
        type: "module",
        name: `lunatic executor ${index}`,
      });
      this.#workers[index] = worker;
      const { port1, port2 } = new MessageChannel();
      pagePorts.push(port1);
      const start = (): void =>
        postToExecutor(worker, {
          type: "init",
          index,
          settings: this.#settings,
          cells,
          bells: links.bells,
          peers: links.peers[index]!,
          pagePort: port2,
        });
      ready.push(this.#listen(worker, index, start));
    }
    await Promise.all(ready);
    return pagePorts;
  }

  get indices(): number[] {
    return [...this.#workers.keys()].filter((index) => this.#workers[index] !== undefined);
  }

  tell(executor: number, message: HubToExecutor): void {
    const worker = this.#workers[executor];
    if (worker !== undefined) postToExecutor(worker, message);
  }

  tellAll(message: HubToExecutor): void {
    for (const index of this.indices) this.tell(index, message);
  }

  distribute(module: ModuleParcel): void {
    this.tellAll({ type: "module", module });
  }

  close(): void {
    for (const worker of this.#workers) worker?.terminate();
    this.#workers.length = 0;
  }

  /** Resolves with the first "ready"; rejects if the worker cannot even start. */
  #listen(worker: Worker, index: number, start: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      worker.onmessage = (event: MessageEvent<ExecutorToHub>) => {
        const message = event.data;
        if (message.type === "loaded") start();
        else if (message.type === "ready") resolve();
        else if (message.type === "fault") this.#fault(index, `${message.message}\n${message.stack}`);
        else this.#events.message(index, message);
      };
      worker.onerror = (event) => {
        reject(new Error(`Executor ${index} did not start: ${event.message}`));
        this.#fault(index, event.message);
      };
    });
  }

  /** Something threw outside every guest: the executor's state can no longer be trusted. */
  #fault(index: number, reason: string): void {
    const worker = this.#workers[index];
    if (worker === undefined) return;
    worker.terminate();
    this.#workers[index] = undefined;
    console.error(`Lunatic Web: executor ${index} was lost: ${reason}`);
    this.tellAll({ type: "executorLost", index });
    this.#events.lost(index, reason);
  }
}

function createBuffer(bytes: number, isShared: boolean): SharedArrayBuffer | ArrayBuffer {
  return isShared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
}

/** The way of each executor to each other: rings in shared memory, or ports without it. */
function connect(
  executors: number,
  isShared: boolean,
): { bells: SharedArrayBuffer | undefined; peers: PeerLink[][] } {
  const peers: PeerLink[][] = Array.from({ length: executors }, () =>
    Array.from({ length: executors }, () => ({ type: "none" as const })),
  );
  if (executors === 1) return { bells: undefined, peers };
  const rings = isShared && canWaitAsync() ? createRings(executors) : undefined;
  for (let from = 0; from < executors; from++) {
    for (let to = 0; to < from; to++) {
      if (rings !== undefined) {
        const forth = rings.ring(from, to);
        const back = rings.ring(to, from);
        peers[from]![to] = { type: "rings", outgoing: forth, incoming: back };
        peers[to]![from] = { type: "rings", outgoing: back, incoming: forth };
      } else {
        const { port1, port2 } = new MessageChannel();
        peers[from]![to] = { type: "port", port: port1 };
        peers[to]![from] = { type: "port", port: port2 };
      }
    }
  }
  return { bells: rings?.bells, peers };
}
