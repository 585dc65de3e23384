import { StoreFull } from "../fault.ts";
import type { Blocks } from "./blocks.ts";
import { BLOCK_WORDS, HEADER } from "./layout.ts";
import type { TreeMemory } from "./treeMemory.ts";

/** Words of a cell, small to large: names of up to 24, 88, 216 and 280 bytes with what belongs to them. */
const CELL_WORDS = [16, 32, 64, 80];

/** Room for small records that come and go. A free cell's first word leads to the next. */
export class Cells {
  readonly #memory: TreeMemory;
  readonly #blocks: Blocks;

  constructor(memory: TreeMemory, blocks: Blocks) {
    this.#memory = memory;
    this.#blocks = blocks;
  }

  /**
   * @param words at most 80
   * @returns where it is; its words hold anything
   * @throws StoreFull
   */
  take(words: number): number {
    const memory = this.#memory;
    const size = sizeFor(words);
    const head = HEADER.freeCells + size;
    if (memory.words[head] === 0) memory.set(head, this.#split(CELL_WORDS[size]!));
    const cell = memory.words[head]!;
    memory.set(head, memory.words[cell]!);
    return cell;
  }

  /** @param words as given to `take` */
  give(cell: number, words: number): void {
    const memory = this.#memory;
    const head = HEADER.freeCells + sizeFor(words);
    memory.set(cell, memory.words[head]!);
    memory.set(head, cell);
  }

  /** A new block as a chain of cells. Nobody knows it yet, so this need not be undone. */
  #split(cellWords: number): number {
    const block = this.#blocks.take(0);
    if (block === 0) throw new StoreFull();
    const { words } = this.#memory;
    const start = block * BLOCK_WORDS;
    const count = Math.floor(BLOCK_WORDS / cellWords);
    for (let i = 0; i < count; i++)
      words[start + i * cellWords] = i + 1 < count ? start + (i + 1) * cellWords : 0;
    return start;
  }
}

function sizeFor(words: number): number {
  const size = CELL_WORDS.findIndex((each) => each >= words);
  if (size === -1) throw new RangeError(`No cell has ${words} words`);
  return size;
}
