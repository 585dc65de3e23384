import { BLOCK_BYTES, BLOCK_WORDS, GROUP_BLOCKS, HEADER, INFO, INFO_WORDS } from "./layout.ts";
import type { TreeMemory } from "./treeMemory.ts";

/** Blocks that the buffer grows by at least: 1 MiB, which costs nothing until it is written to. */
const GROWTH_BLOCKS = 256;

/** Gives out blocks of 4 KiB. Block 0 is none. */
export class Blocks {
  readonly #memory: TreeMemory;

  constructor(memory: TreeMemory) {
    this.#memory = memory;
  }

  /**
   * @param isWhollyWritten the caller will write all of it, so it need not be zero
   * @returns 0: there is no room
   */
  take(flags: number, isWhollyWritten = false): number {
    const memory = this.#memory;
    const free = memory.words[HEADER.freeBlock]!;
    const block = free === 0 ? this.#takeNew() : free;
    if (block === 0) return 0;
    const info = infoAt(block);
    if (free !== 0) memory.set(HEADER.freeBlock, memory.words[info + INFO.next]!);
    if (block < memory.words[HEADER.untouchedBlock]!) {
      if (!isWhollyWritten) memory.bytes.fill(0, block * BLOCK_BYTES, (block + 1) * BLOCK_BYTES);
    } else memory.words[HEADER.untouchedBlock] = block + 1;
    memory.set(info + INFO.flags, flags);
    memory.set(info + INFO.next, 0);
    return block;
  }

  give(block: number): void {
    const memory = this.#memory;
    const info = infoAt(block);
    memory.set(info + INFO.flags, 0);
    memory.set(info + INFO.inode, 0);
    memory.set(info + INFO.next, memory.words[HEADER.freeBlock]!);
    memory.set(HEADER.freeBlock, block);
  }

  #takeNew(): number {
    const memory = this.#memory;
    let block = memory.words[HEADER.nextBlock]!;
    if (block % GROUP_BLOCKS === 0) block++;
    const needed = (block + 1) * BLOCK_BYTES;
    if (needed > memory.bytes.length) {
      const step = Math.max(GROWTH_BLOCKS * BLOCK_BYTES, memory.bytes.length >> 3);
      const maximum = memory.buffer.maxByteLength;
      const wanted = Math.min(needed + step - (step % BLOCK_BYTES), maximum - (maximum % BLOCK_BYTES));
      if (wanted < needed || !memory.grow(wanted)) return 0;
    }
    memory.set(HEADER.nextBlock, block + 1);
    return block;
  }
}

/** Where a block's info is. */
export function infoAt(block: number): number {
  return (block - (block % GROUP_BLOCKS)) * BLOCK_WORDS + (block % GROUP_BLOCKS) * INFO_WORDS;
}

/** Where the info of its group's first block is, which is that of the group. */
export function groupOf(block: number): number {
  return (block - (block % GROUP_BLOCKS)) * BLOCK_WORDS;
}
