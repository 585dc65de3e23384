import { layOut } from "./emptyTree.ts";
import { BLOCK_BYTES, HEADER, LAYOUT_VERSION } from "./layout.ts";
import { SharedStore } from "./sharedStore.ts";
import type { TreeBuffer } from "./treeMemory.ts";

export interface TreeLimits {
  /** Most bytes of file content, in pages of 4 KiB. Default 1 GiB: beyond, a tab is near its own end. */
  readonly capacityBytes?: number;
  /** Most files, directories and symlinks together. Default 262,144. */
  readonly maxInodes?: number;
}

const DEFAULT_CAPACITY = 2 ** 30;
const DEFAULT_INODES = 2 ** 18;
/** What an inode with a name may take beside its content. */
const BYTES_PER_INODE = 512;
/** What belongs to every page: its info, and its place in the radix tree of a file that is not full of holes. */
const OVERHEAD = 1.01;
/** A buffer begins with this; what was never written to takes no memory. */
const INITIAL_BYTES = 2 ** 20;

/** The buffer of an empty tree, for `SharedStore`. It takes memory as it fills. */
export function createTreeBuffer(shared: boolean, nowNs: bigint, limits: TreeLimits = {}): TreeBuffer {
  const maxPages = Math.floor((limits.capacityBytes ?? DEFAULT_CAPACITY) / BLOCK_BYTES);
  const maxInodes = limits.maxInodes ?? DEFAULT_INODES;
  const buffer = reserve(shared, Math.ceil(maxPages * BLOCK_BYTES * OVERHEAD) + maxInodes * BYTES_PER_INODE);
  const words = new Int32Array(buffer);
  words[HEADER.version] = LAYOUT_VERSION;
  words[HEADER.words] = words.length;
  words[HEADER.maxPages] = maxPages;
  words[HEADER.maxInodes] = maxInodes;
  layOut(new SharedStore(buffer, 0), nowNs);
  return buffer;
}

/** A 32-bit browser cannot set as much address space aside as others: then a tree has less room. */
function reserve(shared: boolean, bytes: number): TreeBuffer {
  for (let wanted = 2 * INITIAL_BYTES + bytes; ; wanted /= 2) {
    const maxByteLength = wanted - (wanted % BLOCK_BYTES);
    try {
      return shared
        ? new SharedArrayBuffer(INITIAL_BYTES, { maxByteLength })
        : new ArrayBuffer(INITIAL_BYTES, { maxByteLength });
    } catch (error) {
      if (!(error instanceof RangeError) || wanted < 4 * INITIAL_BYTES) throw error;
    }
  }
}
