import type { Extent } from "./geometry.ts";

const BITS = 32;
const FULL = 0xffffffff;

/**
 * Which pages of the file are in use. Gives out the lowest free ones first, so that the file stays short and its end can
 * be cut off.
 */
export class FreePages {
  #words = new Uint32Array(64);
  /** Pages from here on are free and were never used. */
  #end = 0;
  #used = 0;
  /** No page below is free. */
  #lowest = 0;

  /** Pages that the file needs to have. */
  get end(): number {
    return this.#end;
  }

  get used(): number {
    return this.#used;
  }

  /** Free ones below `end`. */
  get holes(): number {
    return this.#end - this.#used;
  }

  isUsed(page: number): boolean {
    return page < this.#end && (this.#words[page >>> 5]! & (1 << (page & 31))) !== 0;
  }

  /** @returns whether none of the pages was in use before */
  take({ first, count }: Extent): boolean {
    const end = first + count;
    this.#cover(end);
    let wereFree = true;
    for (let page = first; page < end; page++) {
      if (this.#set(page)) continue;
      wereFree = false;
    }
    return wereFree;
  }

  /** Takes `count` pages, in as many pieces as the holes make of them. */
  allocate(count: number): Extent[] {
    const extents: Extent[] = [];
    let wanted = count;
    let page = this.#lowest;
    while (wanted > 0) {
      page = this.#nextFree(page);
      const limit = Math.min(page + wanted, page >= this.#end ? page + wanted : this.#end);
      let next = page + 1;
      while (next < limit && !this.isUsed(next)) next++;
      const extent = { first: page, count: next - page };
      this.take(extent);
      extents.push(extent);
      wanted -= extent.count;
      page = next;
    }
    this.#lowest = page;
    return extents;
  }

  /** Takes pages that follow each other. */
  allocateTogether(count: number): Extent {
    let first = this.#nextFree(this.#lowest);
    while (first < this.#end) {
      let next = first + 1;
      while (next < first + count && !this.isUsed(next)) next++;
      if (next === first + count) break;
      first = this.#nextFree(next);
    }
    const extent = { first, count };
    this.take(extent);
    return extent;
  }

  release({ first, count }: Extent): void {
    for (let page = first; page < first + count; page++) {
      const bit = 1 << (page & 31);
      if ((this.#words[page >>> 5]! & bit) === 0)
        throw new Error(`page ${page} of the volume was freed twice`);
      this.#words[page >>> 5]! &= ~bit;
    }
    this.#used -= count;
    this.#lowest = Math.min(this.#lowest, first);
    while (this.#end > 0 && !this.isUsed(this.#end - 1)) this.#end--;
    this.#lowest = Math.min(this.#lowest, this.#end);
  }

  #set(page: number): boolean {
    const bit = 1 << (page & 31);
    const word = this.#words[page >>> 5]!;
    if ((word & bit) !== 0) return false;
    this.#words[page >>> 5] = word | bit;
    this.#used++;
    return true;
  }

  #cover(end: number): void {
    if (end <= this.#end) return;
    this.#end = end;
    const words = Math.ceil(end / BITS);
    if (words <= this.#words.length) return;
    const larger = new Uint32Array(Math.max(words, this.#words.length * 2));
    larger.set(this.#words);
    this.#words = larger;
  }

  #nextFree(from: number): number {
    let page = from;
    while (page < this.#end) {
      if ((page & 31) === 0 && this.#words[page >>> 5] === FULL) page += BITS;
      else if (this.isUsed(page)) page++;
      else return page;
    }
    return Math.max(page, from);
  }
}
