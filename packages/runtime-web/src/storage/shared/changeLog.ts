import type { EntryRecord, InodeRecord, PageRun } from "../volume/volume.ts";
import { takeChangedPages } from "./changedPages.ts";
import { changeWords } from "./changes.ts";
import { CHANGE, HEADER, INODE, INODE_FLAG, KIND } from "./layout.ts";
import { readText } from "./nameTable.ts";
import type { SharedStore } from "./sharedStore.ts";

/** What changed in a tree between two moments. */
export interface TreeChanges {
  readonly inodes: readonly InodeRecord[];
  readonly entries: readonly EntryRecord[];
  readonly cuts: readonly { readonly inode: number; readonly sizeBytes: number }[];
  readonly pages: readonly PageRun[];
  readonly discarded: readonly number[];
}

/** Whether `takeChanges` would find anything. */
export function hasChanges({ memory: { words } }: SharedStore): boolean {
  return words[HEADER.dirtyInode] !== 0 || words[HEADER.dirtyPages] !== 0 || words[HEADER.firstChange] !== 0;
}

/**
 * What changed since it was last taken, as one state of the tree: nobody is in meanwhile. The pages stay in memory until
 * `confirmPages`.
 */
export function takeChanges(store: SharedStore): TreeChanges {
  store.begin();
  try {
    const { entries, discarded } = takeNames(store);
    return { ...takeInodes(store), entries, discarded, pages: takeChangedPages(store.memory) };
  } finally {
    store.end();
  }
}

function takeInodes(store: SharedStore): Pick<TreeChanges, "inodes" | "cuts"> {
  const { memory } = store;
  const inodes: InodeRecord[] = [];
  const cuts: { inode: number; sizeBytes: number }[] = [];
  for (let at = memory.words[HEADER.dirtyInode]!; at !== 0; at = memory.words[HEADER.dirtyInode]!) {
    const record = recordOf(store, at);
    inodes.push(record);
    if (record.kind === "file") {
      const sizeBytes = memory.double(at + INODE.cut);
      if (sizeBytes >= 0) cuts.push({ inode: record.number, sizeBytes });
      memory.setDouble(at + INODE.cut, -1);
    }
    store.changes.forget(at);
    memory.set(at + INODE.flags, memory.words[at + INODE.flags]! | INODE_FLAG.onVolume);
    memory.keep();
  }
  return { inodes, cuts };
}

function recordOf(store: SharedStore, at: number): InodeRecord {
  const inode = store.viewOf(at);
  return {
    number: inode.number,
    kind: inode.kind,
    sizeBytes: inode.kind === "file" ? inode.sizeBytes : 0,
    accessedNs: inode.accessedNs,
    modifiedNs: inode.modifiedNs,
    changedNs: inode.changedNs,
    target: inode.kind === "symlink" ? inode.target : "",
  };
}

function takeNames(store: SharedStore): Pick<TreeChanges, "entries" | "discarded"> {
  const { memory } = store;
  const entries: EntryRecord[] = [];
  const discarded: number[] = [];
  for (let at = memory.words[HEADER.firstChange]!; at !== 0; at = memory.words[HEADER.firstChange]!) {
    const length = memory.words[at + CHANGE.length]!;
    const number = memory.double(at + CHANGE.number);
    if (length < 0) discarded.push(number);
    else if (number === 0 || isInode(store, memory.words[at + CHANGE.inode]!, number)) {
      entries.push({
        directory: memory.double(at + CHANGE.directory),
        name: readText(memory, at + CHANGE.bytes, length),
        inode: number,
        cookie: memory.double(at + CHANGE.cookie),
      });
    }
    const next = memory.words[at + CHANGE.next]!;
    memory.set(HEADER.firstChange, next);
    if (next === 0) memory.set(HEADER.lastChange, 0);
    store.cells.give(at, changeWords(length));
    memory.keep();
  }
  return { entries, discarded };
}

/** An inode that came and went meanwhile is not told of, and neither is a name that led to it. */
function isInode({ memory }: SharedStore, at: number, number: number): boolean {
  return memory.words[at + INODE.kind] !== KIND.free && memory.double(at + INODE.number) === number;
}
