import { canWaitAsync, createRings } from "../mailbox/index.ts";
import type { ExecutorToHub, HubToExecutor, ModuleParcel, PeerLink } from "../protocol/hubExecutor.ts";
import { postToExecutor } from "../protocol/post.ts";
import { type RuntimeSettings, sharedCellCount } from "../protocol/settings.ts";

/** Messages that the fleet handles itself. */
export type StartingWords = "connected" | "ready" | "fault";

export interface FleetEvents {
  message(executor: number, message: Exclude<ExecutorToHub, { type: StartingWords }>): void;
  /** The worker is gone for good; its processes with it. */
  lost(executor: number, reason: string): void;
}

/** The executors of a runtime: started together, each connected to each and to the page. The page made their workers. */
export class ExecutorFleet {
  readonly #settings: RuntimeSettings;
  readonly #events: FleetEvents;
  readonly #ports: (MessagePort | undefined)[];

  /** @param ports  port i leads to executor i */
  constructor(settings: RuntimeSettings, ports: readonly MessagePort[], events: FleetEvents) {
    this.#settings = settings;
    this.#ports = [...ports];
    this.#events = events;
  }

  /**
   * Tells each executor its part as soon as it is heard of, not before: Firefox 153 loses a message that carries shared
   * memory if the port it is sent on is still being joined to its other end (67 of 108 such messages were lost, none of
   * 54 without shared memory, and none of the later ones).
   * @returns when every executor is ready; port i of the answer leads from the page to executor i
   */
  async start(): Promise<MessagePort[]> {
    const { executors, isShared } = this.#settings;
    const cells = createBuffer(sharedCellCount(executors) * Int32Array.BYTES_PER_ELEMENT, isShared);
    const links = connect(executors, isShared);
    const pagePorts: MessagePort[] = [];
    const ready: Promise<void>[] = [];
    for (const index of this.indices) {
      const { port1, port2 } = new MessageChannel();
      pagePorts.push(port1);
      ready.push(
        this.#listen(index, {
          type: "init",
          index,
          settings: this.#settings,
          cells,
          bells: links.bells,
          peers: links.peers[index]!,
          pagePort: port2,
        }),
      );
    }
    await Promise.all(ready);
    return pagePorts;
  }

  get indices(): number[] {
    return [...this.#ports.keys()].filter((index) => this.#ports[index] !== undefined);
  }

  tell(executor: number, message: HubToExecutor): void {
    const port = this.#ports[executor];
    if (port !== undefined) postToExecutor(port, message);
  }

  tellAll(message: HubToExecutor): void {
    for (const index of this.indices) this.tell(index, message);
  }

  distribute(module: ModuleParcel): void {
    this.tellAll({ type: "module", module });
  }

  /** An executor is gone, or its state can no longer be trusted: something threw outside every guest. */
  lose(index: number, reason: string): void {
    const port = this.#ports[index];
    if (port === undefined) return;
    port.close();
    this.#ports[index] = undefined;
    console.error(`Lunatic Web: executor ${index} was lost: ${reason}`);
    this.tellAll({ type: "executorLost", index });
    this.#events.lost(index, reason);
  }

  close(): void {
    for (const port of this.#ports) port?.close();
    this.#ports.length = 0;
  }

  /** Resolves with "ready". */
  #listen(index: number, init: HubToExecutor): Promise<void> {
    return new Promise((resolve) => {
      this.#ports[index]!.onmessage = ({ data: message }: MessageEvent<ExecutorToHub>) => {
        if (message.type === "connected") this.tell(index, init);
        else if (message.type === "ready") resolve();
        else if (message.type === "fault") this.lose(index, `${message.message}\n${message.stack}`);
        else this.#events.message(index, message);
      };
    });
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
