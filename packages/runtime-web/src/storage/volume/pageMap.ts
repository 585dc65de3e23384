import type { Extent } from "./geometry.ts";

/** Pages whose places lie in one array. Most files are smaller than that. */
const CHUNK_PAGES = 16;

/** Where the pages of one inode lie, and their checksums. Pages that were never written are not there. */
export class PageMap {
  /** Location and checksum by turns; location 0, where the superblock is, means none. */
  readonly #chunks = new Map<number, Uint32Array>();

  /** @returns 0: there is no such page */
  location(page: number): number {
    const chunk = this.#chunks.get(Math.floor(page / CHUNK_PAGES));
    return chunk === undefined ? 0 : chunk[(page % CHUNK_PAGES) * 2]!;
  }

  sum(page: number): number {
    return this.#chunks.get(Math.floor(page / CHUNK_PAGES))![(page % CHUNK_PAGES) * 2 + 1]!;
  }

  /** @returns where the page was before; 0: nowhere */
  set(page: number, location: number, sum: number): number {
    const index = Math.floor(page / CHUNK_PAGES);
    let chunk = this.#chunks.get(index);
    if (chunk === undefined) {
      chunk = new Uint32Array(CHUNK_PAGES * 2);
      this.#chunks.set(index, chunk);
    }
    const at = (page % CHUNK_PAGES) * 2;
    const before = chunk[at]!;
    chunk[at] = location;
    chunk[at + 1] = sum;
    return before;
  }

  /** Forgets the pages from `firstPage` on. */
  cut(firstPage: number, freed: (extent: Extent) => void): void {
    for (const [index, chunk] of this.#chunks) {
      const start = index * CHUNK_PAGES;
      if (start + CHUNK_PAGES <= firstPage) continue;
      for (let slot = Math.max(0, firstPage - start); slot < CHUNK_PAGES; slot++) {
        const location = chunk[slot * 2]!;
        if (location === 0) continue;
        freed({ first: location, count: 1 });
        chunk[slot * 2] = 0;
      }
      if (start >= firstPage) this.#chunks.delete(index);
    }
  }

  /** All pages, ascending: `use(page, location, sum)`. */
  each(use: (page: number, location: number, sum: number) => void): void {
    for (const index of [...this.#chunks.keys()].sort((a, b) => a - b)) {
      const chunk = this.#chunks.get(index)!;
      for (let slot = 0; slot < CHUNK_PAGES; slot++) {
        const location = chunk[slot * 2]!;
        if (location !== 0) use(index * CHUNK_PAGES + slot, location, chunk[slot * 2 + 1]!);
      }
    }
  }
}
