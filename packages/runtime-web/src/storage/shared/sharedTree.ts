import { FileTree } from "../fileTree.ts";
import { SharedStore } from "./sharedStore.ts";
import { createTreeBuffer, type TreeLimits } from "./treeBuffer.ts";
import { isShared, type TreeBuffer } from "./treeMemory.ts";

/** A tree that other threads may join by its buffer. */
export class SharedTree extends FileTree {
  readonly store: SharedStore;

  /**
   * @param from 0, different for each thread that shares the buffer
   * @param nowNs nanoseconds since 1970, for the times of files
   */
  constructor(buffer: TreeBuffer, owner: number, nowNs: () => bigint) {
    const store = new SharedStore(buffer, owner);
    super(store, nowNs);
    this.store = store;
  }

  /** undefined: the tree is that of one thread. */
  get sharedBuffer(): SharedArrayBuffer | undefined {
    const { buffer } = this.store.memory;
    return isShared(buffer) ? buffer : undefined;
  }
}

/** An empty tree of the calling thread, whose owner is 0. */
export function createSharedTree(nowNs: () => bigint, limits: TreeLimits = {}, shared = false): SharedTree {
  return new SharedTree(createTreeBuffer(shared, nowNs(), limits), 0, nowNs);
}
