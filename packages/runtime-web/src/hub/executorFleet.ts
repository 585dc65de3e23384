import { createRings } from "../mailbox/index.ts";
import { ExecutorLine, type Receipt } from "../protocol/executorLine.ts";
import type { FilesPlace } from "../protocol/files.ts";
import type { ExecutorToHub, HubToExecutor, ModuleParcel, PeerLink } from "../protocol/hubExecutor.ts";
import { watchLifeLock } from "../protocol/lifeLock.ts";
import { type RuntimeSettings, sharedCellCount } from "../protocol/settings.ts";

/** Messages that the fleet handles itself. */
export type FleetWords = Receipt | Extract<ExecutorToHub, { type: "ready" | "fault" }>;

export interface FleetEvents {
  message(executor: number, message: Exclude<ExecutorToHub, FleetWords>): void;
  /** The worker is gone for good; its processes with it. */
  lost(executor: number, reason: string): void;
  /** Its worker has run its last instruction: later than `lost` if it was given up before. */
  ended(executor: number): void;
}

/** The executors of a runtime: started together, each connected to each. The page made their workers. */
export class ExecutorFleet {
  readonly #settings: RuntimeSettings;
  readonly #events: FleetEvents;
  readonly #files: FilesPlace;
  readonly #ports: readonly MessagePort[];
  readonly #lines: (ExecutorLine | undefined)[] = [];
  readonly #closing = new AbortController();

  /** @param ports  port i leads to executor i */
  constructor(
    settings: RuntimeSettings,
    ports: readonly MessagePort[],
    files: FilesPlace,
    events: FleetEvents,
  ) {
    this.#settings = settings;
    this.#files = files;
    this.#ports = ports;
    this.#events = events;
  }

  /** Resolves when every executor is ready. */
  async start(): Promise<void> {
    const { executors, isShared, hasRings } = this.#settings;
    const cells = createBuffer(sharedCellCount(executors) * Int32Array.BYTES_PER_ELEMENT, isShared);
    const links = connect(executors, hasRings);
    const ready = this.#ports.map((port, index) => this.#open(index, port));
    for (const index of this.indices) {
      this.tell(index, {
        type: "init",
        index,
        settings: this.#settings,
        cells,
        bells: links.bells,
        peers: links.peers[index]!,
        files: this.#files,
      });
    }
    await Promise.all(ready);
    for (const index of this.indices) {
      watchLifeLock(this.#settings, index, this.#closing.signal, () => {
        this.lose(index, "its worker ended without a word");
        this.#events.ended(index);
      });
    }
  }

  get indices(): number[] {
    return [...this.#lines.keys()].filter((index) => this.#lines[index] !== undefined);
  }

  tell(executor: number, message: HubToExecutor): void {
    this.#lines[executor]?.post(message);
  }

  tellAll(message: HubToExecutor): void {
    for (const index of this.indices) this.tell(index, message);
  }

  /**
   * Resolves when every executor has the module: from then on its id may travel in messages, which can be faster than
   * the hub's.
   */
  async distribute(module: ModuleParcel): Promise<void> {
    const lines = this.#lines.filter((line) => line !== undefined);
    await Promise.all(
      lines.map((line) => new Promise<void>((resolve) => line.post({ type: "module", module }, resolve))),
    );
  }

  /** An executor is gone, or its state can no longer be trusted: something threw outside every guest. */
  lose(index: number, reason: string): void {
    const line = this.#lines[index];
    if (line === undefined) return;
    line.close();
    this.#lines[index] = undefined;
    console.error(
      `Lunatic Web: executor ${index} was lost with its processes: ${reason}. The others go on; make a new runtime to have all again`,
    );
    this.tellAll({ type: "executorLost", index });
    this.#events.lost(index, reason);
  }

  close(): void {
    this.#closing.abort();
    for (const line of this.#lines) line?.close();
    this.#lines.length = 0;
  }

  /** Resolves with "ready". */
  #open(index: number, port: MessagePort): Promise<void> {
    return new Promise((resolve) => {
      this.#lines[index] = new ExecutorLine(port, (message) => {
        if (message.type === "ready") resolve();
        else if (message.type === "fault") this.lose(index, `${message.message}\n${message.stack}`);
        else this.#events.message(index, message);
      });
    });
  }
}

function createBuffer(bytes: number, isShared: boolean): SharedArrayBuffer | ArrayBuffer {
  return isShared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
}

/** The way of each executor to each other in shared memory. The page has joined those that have ports instead. */
function connect(
  executors: number,
  hasRings: boolean,
): { bells: SharedArrayBuffer | undefined; peers: PeerLink[][] } {
  const rings = hasRings ? createRings(executors) : undefined;
  const link = (from: number, to: number): PeerLink =>
    rings === undefined || from === to
      ? { type: "none" }
      : { type: "rings", outgoing: rings.ring(from, to), incoming: rings.ring(to, from) };
  const all = [...Array(executors).keys()];
  return { bells: rings?.bells, peers: all.map((from) => all.map((to) => link(from, to))) };
}
