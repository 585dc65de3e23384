import type { Cells } from "./cells.ts";
import { CHANGE, HEADER, INODE, INODE_FLAG } from "./layout.ts";
import type { NameTable } from "./nameTable.ts";
import type { TreeMemory } from "./treeMemory.ts";

/** Notes what a volume has to be told of, if the tree has one, and that something changed, for those who watch. */
export class Changes {
  readonly #memory: TreeMemory;
  readonly #cells: Cells;
  readonly #names: NameTable;

  constructor(memory: TreeMemory, cells: Cells, names: NameTable) {
    this.#memory = memory;
    this.#cells = cells;
    this.#names = names;
  }

  get areKept(): boolean {
    return this.#memory.words[HEADER.isPersistent] !== 0;
  }

  /** The volume is full: what is not kept must not seem to be. */
  get areRefused(): boolean {
    return this.#memory.words[HEADER.volumeIsFull] !== 0;
  }

  /** An inode is new or its record another one. */
  inode(at: number): void {
    const memory = this.#memory;
    memory.words[HEADER.changes]!++;
    if (!this.areKept || (memory.words[at + INODE.flags]! & INODE_FLAG.dirty) !== 0) return;
    const first = memory.words[HEADER.dirtyInode]!;
    memory.set(at + INODE.flags, memory.words[at + INODE.flags]! | INODE_FLAG.dirty);
    memory.set(at + INODE.next, first);
    memory.set(at + INODE.previous, 0);
    if (first !== 0) memory.set(first + INODE.previous, at);
    memory.set(HEADER.dirtyInode, at);
  }

  /** The inode is no more in the list of those that changed. */
  forget(at: number): void {
    const memory = this.#memory;
    const flags = memory.words[at + INODE.flags]!;
    if ((flags & INODE_FLAG.dirty) === 0) return;
    const next = memory.words[at + INODE.next]!;
    const previous = memory.words[at + INODE.previous]!;
    memory.set(previous === 0 ? HEADER.dirtyInode : previous + INODE.next, next);
    if (next !== 0) memory.set(next + INODE.previous, previous);
    memory.set(at + INODE.flags, flags & ~INODE_FLAG.dirty);
  }

  /** A file is shorter than it was. */
  cut(at: number, sizeBytes: number): void {
    const memory = this.#memory;
    this.inode(at);
    if (!this.areKept) return;
    const before = memory.double(at + INODE.cut);
    if (before < 0 || sizeBytes < before) memory.setDouble(at + INODE.cut, sizeBytes);
  }

  /** @param inode where it is, 0: the name is gone */
  name(directory: number, name: string, inode: number, cookie: number): void {
    const memory = this.#memory;
    memory.words[HEADER.changes]!++;
    if (!this.areKept) return;
    const length = this.#names.byteLength(name);
    const number = inode === 0 ? 0 : memory.double(inode + INODE.number);
    const change = this.#append(changeWords(length), length, number);
    memory.set(change + CHANGE.inode, inode);
    memory.setDouble(change + CHANGE.cookie, cookie);
    memory.setDouble(change + CHANGE.directory, directory);
    this.#names.write(change + CHANGE.bytes, name);
  }

  /** The volume knows the inode, and it is gone. @throws StoreFull */
  discarded(number: number): void {
    const memory = this.#memory;
    memory.set(this.#append(CHANGE.bytes, -1, number) + CHANGE.inode, 0);
  }

  #append(words: number, length: number, number: number): number {
    const memory = this.#memory;
    const change = this.#cells.take(words);
    const last = memory.words[HEADER.lastChange]!;
    memory.set(change + CHANGE.next, 0);
    memory.set(change + CHANGE.length, length);
    memory.setDouble(change + CHANGE.number, number);
    // Where an entry has its directory: what is not an entry has 0 there (ENTRY).
    memory.set(change + CHANGE.directory - 2, 0);
    memory.set(last === 0 ? HEADER.firstChange : last + CHANGE.next, change);
    memory.set(HEADER.lastChange, change);
    return change;
  }
}

/** Words of the cell of a change with a name of so many bytes. */
export function changeWords(nameBytes: number): number {
  return CHANGE.bytes + ((Math.max(0, nameBytes) + 3) >> 2);
}
