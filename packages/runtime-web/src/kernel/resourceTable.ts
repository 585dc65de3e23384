import { MailMeter } from "./mailMeter.ts";

/** What a resource, or a string in one, takes besides its text. */
export const RESOURCE_BYTES = 256;

interface Entry<T> {
  readonly resource: T;
  bytes: number;
}

/**
 * Resources of one kind that one process holds. Ids count from 0n per table and are never reused, so a stale id of a
 * guest never reaches another resource. Host ABI ch. 1, "Resource tables".
 */
export class ResourceTable<T> {
  readonly #entries = new Map<bigint, Entry<T>>();
  readonly #meter: MailMeter;
  #nextId = 0n;

  /** @param meter told of what is held */
  constructor(meter = new MailMeter()) {
    this.#meter = meter;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** @param textBytes what it takes beyond RESOURCE_BYTES */
  add(resource: T, textBytes = 0): bigint {
    const id = this.#nextId++;
    const bytes = RESOURCE_BYTES + textBytes;
    this.#entries.set(id, { resource, bytes });
    this.#meter.hold(bytes);
    return id;
  }

  /** A resource takes so much more from now on. */
  grow(id: bigint, bytes: number): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    entry.bytes += bytes;
    this.#meter.hold(bytes);
  }

  /** @returns undefined if the id was never given out or was removed */
  get(id: bigint): T | undefined {
    return this.#entries.get(id)?.resource;
  }

  /** @returns the removed resource, or undefined if there is none under this id (a trap for most host functions) */
  remove(id: bigint): T | undefined {
    const entry = this.#entries.get(id);
    if (entry === undefined) return undefined;
    this.#entries.delete(id);
    this.#meter.letGo(entry.bytes);
    return entry.resource;
  }

  clear(): void {
    for (const { bytes } of this.#entries.values()) this.#meter.letGo(bytes);
    this.#entries.clear();
  }
}
