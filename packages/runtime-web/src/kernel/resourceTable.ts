/**
 * Resources of one kind that one process holds. Ids count from 0n per table and are never reused, so a stale id of a
 * guest never reaches another resource. Host ABI ch. 1, "Resource tables".
 */
export class ResourceTable<T> {
  #entries = new Map<bigint, T>();
  #nextId = 0n;

  get size(): number {
    return this.#entries.size;
  }

  add(resource: T): bigint {
    const id = this.#nextId++;
    this.#entries.set(id, resource);
    return id;
  }

  /** @returns undefined if the id was never given out or was removed */
  get(id: bigint): T | undefined {
    return this.#entries.get(id);
  }

  /** @returns the removed resource, or undefined if there is none under this id (a trap for most host functions) */
  remove(id: bigint): T | undefined {
    const resource = this.#entries.get(id);
    this.#entries.delete(id);
    return resource;
  }
}
