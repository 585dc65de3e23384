import { PAGE_BYTES } from "../volume/volume.ts";
import { infoAt } from "./blocks.ts";
import { BLOCK, BLOCK_BYTES, FIRST_BLOCK, GROUP_BLOCKS, HEADER, INFO, INODE } from "./layout.ts";
import type { TreeMemory } from "./treeMemory.ts";

/** A page of a file, copied. */
export interface ChangedPage {
  readonly inode: number;
  readonly page: number;
  readonly bytes: Uint8Array;
}

/**
 * Copies of all pages that changed. They count as unchanged from now on, but stay in memory until `confirmPages`: the
 * volume cannot give them yet. Within `begin` and `end`.
 */
export function takeChangedPages(memory: TreeMemory): ChangedPage[] {
  const taken: ChangedPage[] = [];
  const { words } = memory;
  if (words[HEADER.dirtyPages] === 0) return taken;
  for (const info of pageInfos(memory, BLOCK.dirty)) {
    const flags = words[info.at + INFO.flags]!;
    words[info.at + INFO.flags] = (flags & ~BLOCK.dirty) | BLOCK.inFlight;
    const start = info.block * BLOCK_BYTES;
    taken.push({
      inode: memory.double(words[info.at + INFO.inode]! + INODE.number),
      page: words[info.at + INFO.page]!,
      bytes: memory.bytes.slice(start, start + PAGE_BYTES),
    });
  }
  words[HEADER.dirtyPages] = 0;
  return taken;
}

/** What was taken is on the volume. Within `begin` and `end`. */
export function confirmPages(memory: TreeMemory): void {
  for (const { at } of pageInfos(memory, BLOCK.inFlight)) memory.words[at + INFO.flags]! &= ~BLOCK.inFlight;
}

function* pageInfos(memory: TreeMemory, flag: number): Iterable<{ block: number; at: number }> {
  const end = memory.words[HEADER.nextBlock]!;
  for (let block = FIRST_BLOCK; block < end; block++) {
    if (block % GROUP_BLOCKS === 0) continue;
    const at = infoAt(block);
    if ((memory.words[at + INFO.flags]! & flag) !== 0) yield { block, at };
  }
}
