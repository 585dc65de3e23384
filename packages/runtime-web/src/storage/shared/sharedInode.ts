import { INODE, KIND } from "./layout.ts";
import type { SharedStore } from "./sharedStore.ts";
import type { TreeMemory } from "./treeMemory.ts";

/**
 * What all kinds of inodes have: a view of a record. Views come and go, two may show one inode; they are told apart by
 * number. A view that outlives its inode reads as one without links, and changes nothing, also when the record has been
 * given to another.
 */
export abstract class SharedInode {
  readonly at: number;
  readonly number: number;
  protected readonly store: SharedStore;
  protected readonly memory: TreeMemory;

  constructor(store: SharedStore, at: number) {
    this.store = store;
    this.memory = store.memory;
    this.at = at;
    this.number = store.memory.double(at + INODE.number);
  }

  get isAlive(): boolean {
    const { memory, at } = this;
    return memory.words[at + INODE.kind] !== KIND.free && memory.double(at + INODE.number) === this.number;
  }

  get linkCount(): number {
    return this.isAlive ? this.memory.words[this.at + INODE.linkCount]! : 0;
  }

  set linkCount(count: number) {
    if (this.isAlive) this.memory.set(this.at + INODE.linkCount, count);
  }

  get openCount(): number {
    return this.isAlive ? this.memory.words[this.at + INODE.openCount]! : 0;
  }

  get accessedNs(): bigint {
    return this.memory.long(this.at + INODE.accessed);
  }

  set accessedNs(time: bigint) {
    this.#setTime(INODE.accessed, time);
  }

  get modifiedNs(): bigint {
    return this.memory.long(this.at + INODE.modified);
  }

  set modifiedNs(time: bigint) {
    this.#setTime(INODE.modified, time);
  }

  get changedNs(): bigint {
    return this.memory.long(this.at + INODE.changed);
  }

  set changedNs(time: bigint) {
    this.#setTime(INODE.changed, time);
  }

  #setTime(word: number, time: bigint): void {
    if (!this.isAlive) return;
    this.memory.setLong(this.at + word, time);
    this.store.changes.inode(this.at);
  }
}
