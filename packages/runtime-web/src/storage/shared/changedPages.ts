import { PAGE_BYTES, type PageRun } from "../volume/volume.ts";
import { groupOf, infoAt } from "./blocks.ts";
import { BLOCK, BLOCK_BYTES, FIRST_BLOCK, GROUP_BLOCKS, HEADER, INFO, INODE } from "./layout.ts";
import type { TreeMemory } from "./treeMemory.ts";

/** Pages whose copies share a buffer: one for each page took longer to allocate and collect than to copy. */
const SHARED_PAGES = 4096;
/** Longest run handed over as one, pages: 1 MiB. */
const MAX_RUN_PAGES = 256;

/**
 * Copies of all pages that changed, in the order of their files. They count as unchanged from now on, but stay in memory
 * until `confirmPages`: the volume cannot give them yet. Within `begin` and `end`.
 */
export function takeChangedPages(memory: TreeMemory): PageRun[] {
  const { words } = memory;
  if (words[HEADER.dirtyPages] === 0) return [];
  const blocks: number[] = [];
  eachPage(memory, BLOCK.dirty, (_, block) => {
    blocks.push(block);
  });
  const inodeOf = (block: number) => words[infoAt(block) + INFO.inode]!;
  const pageOf = (block: number) => words[infoAt(block) + INFO.page]!;
  blocks.sort((a, b) => inodeOf(a) - inodeOf(b) || pageOf(a) - pageOf(b));
  const runs: PageRun[] = [];
  let room = new Uint8Array(0);
  for (let index = 0; index < blocks.length; ) {
    if (room.length === 0) room = new Uint8Array(Math.min(SHARED_PAGES, blocks.length - index) * PAGE_BYTES);
    const most = Math.min(MAX_RUN_PAGES, room.length / PAGE_BYTES, blocks.length - index);
    const inode = inodeOf(blocks[index]!);
    const firstPage = pageOf(blocks[index]!);
    let count = 0;
    for (; count < most; count++) {
      const block = blocks[index + count]!;
      if (inodeOf(block) !== inode || pageOf(block) !== firstPage + count) break;
      const start = block * BLOCK_BYTES;
      room.set(memory.bytes.subarray(start, start + PAGE_BYTES), count * PAGE_BYTES);
    }
    const bytes = room.subarray(0, count * PAGE_BYTES);
    runs.push({ inode: memory.double(inode + INODE.number), firstPage, bytes });
    room = room.subarray(count * PAGE_BYTES);
    index += count;
  }
  // Not before: had there been no memory for a copy, the volume would never get them.
  eachPage(memory, BLOCK.dirty, (info) => {
    words[info + INFO.flags] = (words[info + INFO.flags]! & ~BLOCK.dirty) | BLOCK.inFlight;
  });
  eachGroup(memory, BLOCK.dirty, (group) => {
    words[group + INFO.flags] = (words[group + INFO.flags]! & ~BLOCK.dirty) | BLOCK.inFlight;
  });
  words[HEADER.dirtyPages] = 0;
  return runs;
}

/** What was taken is on the volume. Within `begin` and `end`. */
export function confirmPages(memory: TreeMemory): void {
  const clear = (info: number) => {
    memory.words[info + INFO.flags]! &= ~BLOCK.inFlight;
  };
  eachPage(memory, BLOCK.inFlight, clear);
  eachGroup(memory, BLOCK.inFlight, clear);
}

function eachPage(memory: TreeMemory, flag: number, use: (info: number, block: number) => void): void {
  const { words } = memory;
  eachGroup(memory, flag, (_, first) => {
    const end = Math.min(first + GROUP_BLOCKS, words[HEADER.nextBlock]!);
    for (let block = Math.max(first + 1, FIRST_BLOCK); block < end; block++) {
      const info = infoAt(block);
      if ((words[info + INFO.flags]! & flag) !== 0) use(info, block);
    }
  });
}

/** The groups that may have a page with this flag: `use(info, first block)`. */
function eachGroup(memory: TreeMemory, flag: number, use: (info: number, first: number) => void): void {
  const end = memory.words[HEADER.nextBlock]!;
  for (let first = 0; first < end; first += GROUP_BLOCKS) {
    const info = groupOf(first);
    if ((memory.words[info + INFO.flags]! & flag) !== 0) use(info, first);
  }
}
