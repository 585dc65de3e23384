import type { ExecutorIndex } from "./ids.ts";
import { MailMeter } from "./mailMeter.ts";
import type { RegistryAnswer, RegistryOperation } from "./peers.ts";
import { RESOURCE_BYTES } from "./resourceTable.ts";
import type { RegistryEntry } from "./spawnRequest.ts";

/** Who asks: a question of a kernel, numbered by it. */
export interface RegistryAsker {
  readonly executor: ExecutorIndex;
  readonly request: number;
}

interface Waiting {
  readonly operation: RegistryOperation;
  readonly asker: RegistryAsker;
  readonly answer: (answer: RegistryAnswer) => void;
}

/** A name whose process is being spawned by get_or_spawn. */
interface Reservation {
  readonly owner: ExecutorIndex;
  readonly waiting: Waiting[];
}

const DONE: RegistryAnswer = { type: "done" };
const NOT_FOUND: RegistryAnswer = { type: "notFound" };
const RESERVED: RegistryAnswer = { type: "reserved" };

/**
 * The names of one environment. Dead processes stay registered until someone removes them (host ABI ch. 17, 4).
 *
 * get_or_spawn reserves its name while it spawns; whoever asks for that name meanwhile waits until it is settled, in
 * order of asking. Natively the whole registry is locked instead, and a start function that uses it hangs (17, 2).
 */
export class Registry {
  readonly #entries = new Map<string, RegistryEntry>();
  readonly #reservations = new Map<string, Reservation>();
  readonly #changed: (name: string, entry: RegistryEntry, isRemoved: boolean) => void;
  readonly #meter: MailMeter;

  /**
   * @param changed told of each change after it happened, for observers: the entry that is new, or that was removed
   * @param meter   told of the names that are held
   */
  constructor(
    changed: (name: string, entry: RegistryEntry, isRemoved: boolean) => void,
    meter = new MailMeter(),
  ) {
    this.#changed = changed;
    this.#meter = meter;
  }

  /** Names that are registered. */
  get size(): number {
    return this.#entries.size;
  }

  /** What is registered now; names that are being spawned are not. */
  entries(): IterableIterator<[name: string, entry: RegistryEntry]> {
    return this.#entries.entries();
  }

  /** @param answer called once: now, or when the name is settled; not at all if the asker's executor is lost */
  request(
    name: string,
    operation: RegistryOperation,
    asker: RegistryAsker,
    mayWait: boolean,
    answer: (answer: RegistryAnswer) => void,
  ): void {
    const reservation = this.#reservations.get(name);
    if (reservation !== undefined && mayWait) reservation.waiting.push({ operation, asker, answer });
    else answer(this.#perform(name, operation, asker));
  }

  /** A question that still waits for its name is not asked any more. */
  withdraw(name: string, { executor, request }: RegistryAsker): void {
    const waiting = this.#reservations.get(name)?.waiting ?? [];
    const index = waiting.findIndex(({ asker }) => asker.executor === executor && asker.request === request);
    if (index >= 0) waiting.splice(index, 1);
  }

  /** Ends a reservation. Without an entry the name is free, and the first that waits to spawn it takes its turn. */
  settle(name: string, entry: RegistryEntry | undefined): void {
    const reservation = this.#reservations.get(name);
    if (reservation === undefined) return;
    this.#reservations.delete(name);
    if (entry !== undefined) this.#set(name, entry);
    for (const waiting of reservation.waiting) {
      this.request(name, waiting.operation, waiting.asker, true, waiting.answer);
    }
  }

  /** Nobody of this executor waits any more, and what it had reserved is free again. */
  executorLost(index: ExecutorIndex): void {
    for (const [name, reservation] of [...this.#reservations]) {
      const staying = reservation.waiting.filter(({ asker }) => asker.executor !== index);
      reservation.waiting.splice(0, reservation.waiting.length, ...staying);
      if (reservation.owner === index) this.settle(name, undefined);
    }
  }

  #perform(name: string, operation: RegistryOperation, asker: RegistryAsker): RegistryAnswer {
    switch (operation.type) {
      case "put":
        this.#set(name, operation.entry);
        return DONE;
      case "remove": {
        const entry = this.#entries.get(name);
        this.#entries.delete(name);
        if (entry !== undefined) {
          this.#meter.letGo(RESOURCE_BYTES + name.length);
          this.#changed(name, entry, true);
        }
        return DONE;
      }
      case "get": {
        const entry = this.#entries.get(name);
        return entry === undefined ? NOT_FOUND : { type: "found", entry };
      }
      case "reserve": {
        const entry = this.#entries.get(name);
        if (entry !== undefined) return { type: "found", entry };
        this.#reservations.set(name, { owner: asker.executor, waiting: [] });
        return RESERVED;
      }
      default:
        return operation satisfies never;
    }
  }

  #set(name: string, entry: RegistryEntry): void {
    if (!this.#entries.has(name)) this.#meter.hold(RESOURCE_BYTES + name.length);
    this.#entries.set(name, entry);
    this.#changed(name, entry, false);
  }
}
