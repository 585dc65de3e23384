import { FileTree } from "../fileTree.ts";
import { MemoryStore, type MemoryStoreOptions } from "./memoryStore.ts";

/**
 * An empty filesystem in the memory of the calling thread.
 * @param nowNs nanoseconds since 1970, for the times of files
 */
export function createMemoryTree(nowNs: () => bigint, options: MemoryStoreOptions = {}): FileTree {
  return new FileTree(new MemoryStore(nowNs(), options), nowNs);
}
