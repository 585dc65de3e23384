import { BLOCK_WORDS, FIRST_BLOCK, HEADER, LAYOUT_VERSION, OPENING, UNDO_AT } from "./layout.ts";
import type { SharedStore } from "./sharedStore.ts";

/** Words of the header that outlive what is in the tree: who is in, who is gone, what the buffer has room for. */
const LASTING: ReadonlySet<number> = new Set([
  HEADER.lock,
  HEADER.words,
  HEADER.maxPages,
  HEADER.maxInodes,
  HEADER.changes,
  ...[0, 1, 2].map((word) => HEADER.lost + word),
]);

/**
 * Makes a tree what it was when it was new: the root alone, with no volume to be told of anything. The other threads that
 * share it need not be told: each looks where the root is.
 * @returns false: somebody has something open, and nothing was changed
 */
export function emptyTree(store: SharedStore, nowNs: bigint): boolean {
  const { memory } = store;
  store.begin();
  try {
    const { words } = memory;
    for (let word = HEADER.openings; word < UNDO_AT; word++) if (words[word] !== 0) return false;
    const usedBlocks = Math.max(words[HEADER.untouchedBlock]!, words[HEADER.nextBlock]!);
    words.fill(0, 0, HEADER.version);
    for (let word: number = HEADER.version; word < UNDO_AT; word++) if (!LASTING.has(word)) words[word] = 0;
    words.fill(0, UNDO_AT, Math.min(usedBlocks * BLOCK_WORDS, words.length));
    layOut(store, nowNs);
    words[HEADER.changes]!++;
    memory.keep();
    return true;
  } finally {
    store.end();
  }
}

/** The words of an empty tree, in a buffer that is zero but for its limits. */
export function layOut(store: SharedStore, nowNs: bigint): void {
  const { memory } = store;
  const { words } = memory;
  words[HEADER.version] = LAYOUT_VERSION;
  words[HEADER.nextBlock] = FIRST_BLOCK;
  words[HEADER.untouchedBlock] = FIRST_BLOCK;
  // Another one in each tree: names that collide in one do not in the next.
  words[HEADER.seed] = (Math.random() * 2 ** 32) | 0;
  memory.setDouble(HEADER.nextNumber, 1);
  store.createRoot(nowNs);
}

/** Whether all that is open in the tree is so for the page, which closes it by itself; nothing is: true. */
export function isOpenForPageOnly({ memory }: SharedStore): boolean {
  const { words } = memory;
  for (let owner: number = HEADER.openings; owner < UNDO_AT; owner++) {
    for (let at = words[owner]!; at !== 0; at = words[at + OPENING.nextOfOwner]!)
      if (words[at + OPENING.pid] !== 0) return false;
  }
  return true;
}
