export { type Fault, StorageError } from "./fault.ts";
export { FileTree, type ListedEntry } from "./fileTree.ts";
export type { InodeKind, InodeStore, StoreUsage } from "./inode.ts";
export type { MemoryStoreOptions } from "./memory/memoryStore.ts";
export { createMemoryTree } from "./memory/memoryTree.ts";
