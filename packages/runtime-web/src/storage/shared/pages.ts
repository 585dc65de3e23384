import { type Blocks, groupOf, infoAt } from "./blocks.ts";
import {
  BLOCK,
  BLOCK_WORDS,
  DIRECT_PAGES,
  FIRST_BLOCK,
  GROUP_BLOCKS,
  HEADER,
  INFO,
  INODE,
} from "./layout.ts";
import type { TreeMemory } from "./treeMemory.ts";

/** Bits of a page's index that one level of the radix tree decides. */
const LEVEL_BITS = 10;
/** Levels for 2^31 pages. */
const MAX_DEPTH = 4;

/** What `take` gives instead of a page. */
export const NO_PAGE = 0;

/**
 * Which page of a file is in which block: the first eight by the inode itself, so that a small file has nothing but its
 * pages; all others by a radix tree of blocks with 1,024 places each.
 */
export class Pages {
  readonly #memory: TreeMemory;
  readonly #blocks: Blocks;

  constructor(memory: TreeMemory, blocks: Blocks) {
    this.#memory = memory;
    this.#blocks = blocks;
  }

  /** The block of a page, or 0. */
  get(inode: number, page: number): number {
    const place = this.#place(inode, page);
    return place === 0 ? 0 : this.#memory.words[place]!;
  }

  /** Whether a page that is not here is on the volume; else it is a hole. */
  isOnVolume(inode: number, page: number): boolean {
    return page < this.#memory.words[inode + INODE.volumePages]! >>> 0;
  }

  /** A block for a page that has none, evicting another page if it must. @returns NO_PAGE: there is no room */
  take(inode: number, page: number, isWhollyWritten: boolean): number {
    const memory = this.#memory;
    if (memory.words[HEADER.pages]! >= memory.words[HEADER.maxPages]! && !this.#evict()) return NO_PAGE;
    const place = this.#makePlace(inode, page);
    if (place === 0) return NO_PAGE;
    const block = this.#blocks.take(BLOCK.page | BLOCK.used, isWhollyWritten);
    if (block === 0) return NO_PAGE;
    const info = infoAt(block);
    memory.set(info + INFO.inode, inode);
    memory.set(info + INFO.page, page);
    memory.set(place, block);
    memory.add(HEADER.pages, 1);
    return block;
  }

  markUsed(block: number): void {
    this.#memory.words[infoAt(block) + INFO.flags]! |= BLOCK.used;
  }

  markDirty(block: number): void {
    const memory = this.#memory;
    const at = infoAt(block) + INFO.flags;
    const flags = memory.words[at]!;
    if ((flags & BLOCK.dirty) !== 0) return;
    // Not noted: said of a group that has none, it costs a look.
    memory.words[groupOf(block) + INFO.flags]! |= BLOCK.dirty;
    memory.set(at, flags | BLOCK.dirty | BLOCK.used);
    memory.add(HEADER.dirtyPages, 1);
  }

  /** Gives back all pages from one on, one by one: what was given back stays so, whatever happens next. */
  cut(inode: number, from: number): void {
    const memory = this.#memory;
    for (let page = from; page < DIRECT_PAGES; page++) this.#drop(inode + INODE.direct + page);
    const root = memory.words[inode + INODE.radix]!;
    const depth = memory.words[inode + INODE.radixDepth]!;
    if (root !== 0) this.#cutBelow(inode + INODE.radix, depth, 0, from);
    if (memory.words[inode + INODE.volumePages]! >>> 0 > from) memory.set(inode + INODE.volumePages, from);
    memory.keep();
  }

  /** @param place what leads to a block of the radix tree; @param first index of the first page below it */
  #cutBelow(place: number, depth: number, first: number, from: number): void {
    const memory = this.#memory;
    const start = memory.words[place]! * BLOCK_WORDS;
    const span = 2 ** (LEVEL_BITS * (depth - 1));
    for (let i = Math.max(0, Math.floor((from - first) / span)); i < BLOCK_WORDS; i++) {
      if (memory.words[start + i] === 0) continue;
      if (depth === 1) this.#drop(start + i);
      else this.#cutBelow(start + i, depth - 1, first + i * span, from);
    }
    if (first < from) return;
    const block = memory.words[place]!;
    memory.set(place, 0);
    this.#blocks.give(block);
    memory.keep();
  }

  #drop(place: number): void {
    const memory = this.#memory;
    const block = memory.words[place]!;
    if (block === 0) return;
    memory.set(place, 0);
    this.#give(block);
    memory.keep();
  }

  #give(block: number): void {
    const memory = this.#memory;
    if ((memory.words[infoAt(block) + INFO.flags]! & BLOCK.dirty) !== 0) memory.add(HEADER.dirtyPages, -1);
    this.#blocks.give(block);
    memory.add(HEADER.pages, -1);
  }

  /** Where a page's block is noted; 0: nowhere yet. */
  #place(inode: number, page: number): number {
    if (page < DIRECT_PAGES) return inode + INODE.direct + page;
    const { words } = this.#memory;
    const depth = words[inode + INODE.radixDepth]!;
    if (depth < MAX_DEPTH && page >>> (LEVEL_BITS * depth) !== 0) return 0;
    let place = inode + INODE.radix;
    for (let level = depth - 1; level >= 0; level--) {
      const block = words[place]!;
      if (block === 0) return 0;
      place = block * BLOCK_WORDS + ((page >>> (LEVEL_BITS * level)) & (BLOCK_WORDS - 1));
    }
    return depth === 0 ? 0 : place;
  }

  #makePlace(inode: number, page: number): number {
    if (page < DIRECT_PAGES) return inode + INODE.direct + page;
    const memory = this.#memory;
    let depth = memory.words[inode + INODE.radixDepth]!;
    while (depth === 0 || (depth < MAX_DEPTH && page >>> (LEVEL_BITS * depth) !== 0)) {
      const above = memory.words[inode + INODE.radix]!;
      if (above !== 0) {
        const root = this.#blocks.take(0);
        if (root === 0) return 0;
        memory.set(root * BLOCK_WORDS, above);
        memory.set(inode + INODE.radix, root);
      }
      memory.set(inode + INODE.radixDepth, ++depth);
    }
    let place = inode + INODE.radix;
    for (let level = depth - 1; level >= 0; level--) {
      let block = memory.words[place]!;
      if (block === 0) {
        block = this.#blocks.take(0);
        if (block === 0) return 0;
        memory.set(place, block);
      }
      place = block * BLOCK_WORDS + ((page >>> (LEVEL_BITS * level)) & (BLOCK_WORDS - 1));
    }
    return place;
  }

  /** Gives back a page that the volume has too, one that was not used for a while. @returns false: there is none */
  #evict(): boolean {
    const memory = this.#memory;
    if (memory.words[HEADER.isPersistent] === 0) return false;
    const end = memory.words[HEADER.nextBlock]!;
    let block = memory.words[HEADER.clock]!;
    // Two rounds: in the first every page may turn out to have been used.
    for (let looked = 0; looked < 2 * end; looked++) {
      block = block + 1 >= end || block + 1 < FIRST_BLOCK ? FIRST_BLOCK : block + 1;
      if (block % GROUP_BLOCKS === 0) continue;
      const at = infoAt(block) + INFO.flags;
      const flags = memory.words[at]!;
      if ((flags & BLOCK.page) === 0 || (flags & (BLOCK.dirty | BLOCK.inFlight)) !== 0) continue;
      if ((flags & BLOCK.used) !== 0) {
        memory.words[at] = flags & ~BLOCK.used;
        continue;
      }
      memory.words[HEADER.clock] = block;
      this.#forget(block);
      // Its bytes are about to be written over, so that there is no way back.
      memory.keep();
      return true;
    }
    return false;
  }

  #forget(block: number): void {
    const memory = this.#memory;
    const inode = memory.words[infoAt(block) + INFO.inode]!;
    const page = memory.words[infoAt(block) + INFO.page]!;
    if (!this.isOnVolume(inode, page)) memory.set(inode + INODE.volumePages, page + 1);
    memory.set(this.#place(inode, page), 0);
    this.#give(block);
  }
}
