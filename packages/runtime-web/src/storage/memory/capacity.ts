/** Bytes per page: as wide as a memory page of the usual machines, so that small files stay small. */
export const PAGE_BYTES = 4096;

/** What a memory store may still take. Counts pages, not bytes written: a page is the unit that costs memory. */
export class Capacity {
  readonly capacityBytes: number;
  readonly maxInodes: number;
  #pages = 0;
  #inodes = 0;

  constructor(capacityBytes: number, maxInodes: number) {
    this.capacityBytes = capacityBytes;
    this.maxInodes = maxInodes;
  }

  get usedBytes(): number {
    return this.#pages * PAGE_BYTES;
  }

  get inodes(): number {
    return this.#inodes;
  }

  /** @returns false, nothing taken: there is no room for as many */
  takePages(count: number): boolean {
    if ((this.#pages + count) * PAGE_BYTES > this.capacityBytes) return false;
    this.#pages += count;
    return true;
  }

  givePages(count: number): void {
    this.#pages -= count;
  }

  takeInode(): boolean {
    if (this.#inodes >= this.maxInodes) return false;
    this.#inodes++;
    return true;
  }

  giveInode(): void {
    this.#inodes--;
  }
}
