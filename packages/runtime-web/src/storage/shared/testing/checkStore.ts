import { groupOf, infoAt } from "../blocks.ts";
import {
  BLOCK,
  BLOCK_WORDS,
  DIRECT_PAGES,
  ENTRY,
  FIRST_BLOCK,
  GROUP_BLOCKS,
  HEADER,
  INFO,
  INODE,
  KIND,
} from "../layout.ts";
import type { SharedStore } from "../sharedStore.ts";

/**
 * Looks through a whole tree for what contradicts itself: names that are not found, counts that are wrong, blocks that
 * are used twice or lost. @throws Error for the first
 */
export function checkStore(store: SharedStore): void {
  store.begin();
  try {
    checkNames(store);
    checkPages(store);
    checkFreeBlocks(store);
  } finally {
    store.end();
  }
}

function require(condition: boolean, message: string): void {
  if (!condition) throw new Error(message);
}

function checkNames(store: SharedStore): void {
  const { memory } = store;
  const { words } = memory;
  const links = new Map<number, number>();
  const countLink = (at: number) => links.set(at, (links.get(at) ?? 0) + 1);
  const inodes = [...store.inodes()];
  let names = 0;
  for (const at of inodes) {
    if (words[at + INODE.kind] !== KIND.directory) continue;
    if (words[at + INODE.linkCount] !== 0) countLink(at);
    let previous = 0;
    let count = 0;
    for (let entry = words[at + INODE.firstEntry]!; entry !== 0; entry = words[entry + ENTRY.next]!) {
      const name = store.names.nameOf(entry);
      const inode = words[entry + ENTRY.inode]!;
      require(store.names.find(at, name) === entry, `The name ${name} is listed and not found`);
      require(words[entry + ENTRY.previous] === previous, `The name ${name} does not lead back`);
      require(words[inode + INODE.kind] !== KIND.free, `The name ${name} leads to nothing`);
      countLink(inode);
      if (words[inode + INODE.kind] === KIND.directory) {
        require(words[inode + INODE.parent] === at, `The directory ${name} has another parent`);
        countLink(at);
      }
      previous = entry;
      count++;
    }
    require(words[at + INODE.lastEntry] === previous, "The last name of a directory is another one");
    require(words[at + INODE.entryCount] ===
      count, `A directory counts ${words[at + INODE.entryCount]}, not ${count}`);
    names += count;
  }
  countLink(words[HEADER.root]!);
  require(words[HEADER.names] === names, `The table counts ${words[HEADER.names]} names, not ${names}`);
  require(words[HEADER.inodes] ===
    inodes.length, `There are ${inodes.length} inodes, not ${words[HEADER.inodes]}`);
  for (const at of inodes) {
    const expected = links.get(at) ?? 0;
    require(words[at + INODE.linkCount] ===
      expected, `An inode counts ${words[at + INODE.linkCount]} links, not ${expected}`);
    const openings = [...store.openings.holdersOf(at)].length;
    require(words[at + INODE.openCount] ===
      openings, `An inode counts ${words[at + INODE.openCount]} openings, not ${openings}`);
    require(expected + openings > 0, "An inode is left that nothing leads to");
  }
}

function checkPages(store: SharedStore): void {
  const { words } = store.memory;
  let counted = 0;
  const visit = (inode: number, place: number, depth: number, first: number): void => {
    const block = words[place]!;
    if (block === 0) return;
    if (depth > 0) {
      for (let i = 0; i < BLOCK_WORDS; i++)
        visit(inode, block * BLOCK_WORDS + i, depth - 1, first + i * 2 ** (10 * (depth - 1)));
      return;
    }
    counted++;
    const info = infoAt(block);
    require((words[info + INFO.flags]! & BLOCK.page) !== 0, `Block ${block} is not a page but in a file`);
    require(words[info + INFO.inode] === inode &&
      words[info + INFO.page] === first, `Block ${block} is in two files`);
  };
  for (const inode of store.inodes()) {
    if (words[inode + INODE.kind] !== KIND.file) continue;
    for (let page = 0; page < DIRECT_PAGES; page++) visit(inode, inode + INODE.direct + page, 0, page);
    visit(inode, inode + INODE.radix, words[inode + INODE.radixDepth]!, 0);
  }
  require(words[HEADER.pages] === counted, `The store counts ${words[HEADER.pages]} pages, not ${counted}`);
}

function checkFreeBlocks(store: SharedStore): void {
  const { words } = store.memory;
  let pages = 0;
  for (let block = FIRST_BLOCK; block < words[HEADER.nextBlock]!; block++) {
    const flags = words[infoAt(block) + INFO.flags]!;
    if (block % GROUP_BLOCKS === 0 || (flags & BLOCK.page) === 0) continue;
    pages++;
    const missing = flags & (BLOCK.dirty | BLOCK.inFlight) & ~words[groupOf(block) + INFO.flags]!;
    require(missing === 0, `The group of block ${block} does not say that it changed`);
  }
  require(words[HEADER.pages] === pages, `${pages} blocks are pages, not ${words[HEADER.pages]}`);
  const seen = new Set<number>();
  for (let block = words[HEADER.freeBlock]!; block !== 0; block = words[infoAt(block) + INFO.next]!) {
    require(!seen.has(block), `Block ${block} is free twice`);
    require(words[infoAt(block) + INFO.flags] === 0, `Block ${block} is free and in use`);
    seen.add(block);
  }
}
