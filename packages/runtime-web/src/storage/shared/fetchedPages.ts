import { PAGE_BYTES } from "../volume/volume.ts";
import { BLOCK_BYTES, INODE, KIND } from "./layout.ts";
import { NO_PAGE } from "./pages.ts";
import type { SharedStore } from "./sharedStore.ts";

/**
 * Puts pages of a file into memory that came from the volume, where there are none still.
 * @param place where the inode is (`FileInode.place`)
 * @returns false: there is no room for all, as long as changed pages are in the way
 */
export function putFetchedPages(
  store: SharedStore,
  place: number,
  inode: number,
  firstPage: number,
  bytes: Uint8Array,
): boolean {
  const { memory, pages } = store;
  store.begin();
  try {
    for (let i = 0; i * PAGE_BYTES < bytes.length; i++) {
      const page = firstPage + i;
      if (!isFile(store, place, inode)) return true;
      if (pages.get(place, page) !== 0 || !pages.isOnVolume(place, page)) continue;
      const block = pages.take(place, page, true);
      if (block === NO_PAGE) return false;
      memory.bytes.set(bytes.subarray(i * PAGE_BYTES, (i + 1) * PAGE_BYTES), block * BLOCK_BYTES);
      memory.keep();
    }
    return true;
  } finally {
    store.end();
  }
}

/** How many of these pages are on the volume, as far as the file reaches; 0: the file is gone. */
export function fetchablePages(
  store: SharedStore,
  place: number,
  inode: number,
  firstPage: number,
  count: number,
): number {
  store.begin();
  try {
    if (!isFile(store, place, inode)) return 0;
    const onVolume = store.memory.words[place + INODE.volumePages]! >>> 0;
    return Math.max(0, Math.min(count, onVolume - firstPage));
  } finally {
    store.end();
  }
}

function isFile({ memory }: SharedStore, place: number, inode: number): boolean {
  return memory.words[place + INODE.kind] === KIND.file && memory.double(place + INODE.number) === inode;
}
