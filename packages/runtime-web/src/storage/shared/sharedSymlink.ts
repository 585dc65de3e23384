import { StoreFull } from "../fault.ts";
import type { SymlinkInode } from "../inode.ts";
import type { Blocks } from "./blocks.ts";
import type { Cells } from "./cells.ts";
import { BLOCK_BYTES, BLOCK_WORDS, INODE, MAX_CELL_TARGET, TARGET_BYTES } from "./layout.ts";
import { readText } from "./nameTable.ts";
import { SharedInode } from "./sharedInode.ts";
import type { TreeMemory } from "./treeMemory.ts";

const encoder = new TextEncoder();

/** A short target takes a cell, a long one a block. */
export class SharedSymlink extends SharedInode implements SymlinkInode {
  readonly kind = "symlink";

  get target(): string {
    if (!this.isAlive) return "";
    const { words } = this.memory;
    return readText(this.memory, words[this.at + INODE.target]!, words[this.at + INODE.targetBytes]!);
  }

  /** The inode is about to end. */
  giveTarget(blocks: Blocks): void {
    const { words } = this.memory;
    const length = words[this.at + INODE.targetBytes]!;
    const at = words[this.at + INODE.target]!;
    if (length <= MAX_CELL_TARGET) this.store.cells.give(at - TARGET_BYTES, cellWords(length));
    else blocks.give(at / BLOCK_WORDS);
  }
}

/** @throws StoreFull also for a target longer than a block, which no path is */
export function writeTarget(
  memory: TreeMemory,
  cells: Cells,
  blocks: Blocks,
  inode: number,
  target: string,
): void {
  const bytes = encoder.encode(target);
  let at: number;
  if (bytes.length <= MAX_CELL_TARGET) {
    const cell = cells.take(cellWords(bytes.length));
    memory.set(cell + TARGET_BYTES - 2, 0);
    at = cell + TARGET_BYTES;
  } else {
    const block = bytes.length > BLOCK_BYTES ? 0 : blocks.take(0);
    if (block === 0) throw new StoreFull();
    at = block * BLOCK_WORDS;
  }
  memory.bytes.set(bytes, at * 4);
  memory.set(inode + INODE.target, at);
  memory.set(inode + INODE.targetBytes, bytes.length);
}

function cellWords(bytes: number): number {
  return TARGET_BYTES + ((bytes + 3) >> 2);
}
