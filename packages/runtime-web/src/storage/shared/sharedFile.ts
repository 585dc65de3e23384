import { type FileInode, NO_ROOM_YET, NOT_HERE } from "../inode.ts";
import { BLOCK_BYTES, HEADER, INODE } from "./layout.ts";
import { NO_PAGE } from "./pages.ts";
import { SharedInode } from "./sharedInode.ts";

/** Copies up to this many bytes are done one by one: a view for `set` costs more than that. */
const SMALL_COPY_BYTES = 32;

/** Changed pages that make writers wait until the volume has them: 64 MiB, which are copied at once when they are taken. */
const MAX_CHANGED_PAGES = 16_384;

/** Bytes of a page beyond the file's size are zero, so growing needs no clearing. */
export class SharedFile extends SharedInode implements FileInode {
  readonly kind = "file";

  get place(): number {
    return this.at;
  }

  get sizeBytes(): number {
    return this.isAlive ? this.memory.double(this.at + INODE.size) : 0;
  }

  read(position: number, into: Uint8Array, start: number, end: number): number {
    const count = Math.min(end - start, this.sizeBytes - position);
    if (count <= 0) return 0;
    const { memory, at } = this;
    const { pages } = this.store;
    for (let done = 0; done < count; ) {
      const inPage = (position + done) % BLOCK_BYTES;
      const step = Math.min(BLOCK_BYTES - inPage, count - done);
      const page = (position + done - inPage) / BLOCK_BYTES;
      const block = pages.get(at, page);
      if (block !== 0) {
        copy(memory.bytes, block * BLOCK_BYTES + inPage, into, start + done, step);
        pages.markUsed(block);
      } else if (pages.isOnVolume(at, page)) return done === 0 ? NOT_HERE : done;
      else into.fill(0, start + done, start + done + step);
      done += step;
    }
    return count;
  }

  write(position: number, from: Uint8Array, start: number, end: number): number {
    const { memory, at } = this;
    const count = end - start;
    if (!this.isAlive || this.store.changes.areRefused) return 0;
    let done = 0;
    while (done < count) {
      const inPage = (position + done) % BLOCK_BYTES;
      const step = Math.min(BLOCK_BYTES - inPage, count - done);
      const block = this.#pageForWriting((position + done - inPage) / BLOCK_BYTES, step);
      if (block <= 0) {
        if (done === 0) return block;
        break;
      }
      copy(from, start + done, memory.bytes, block * BLOCK_BYTES + inPage, step);
      if (this.store.changes.areKept) this.store.pages.markDirty(block);
      done += step;
      if (position + done > memory.double(at + INODE.size))
        memory.setDouble(at + INODE.size, position + done);
      memory.keep();
    }
    return done;
  }

  resize(sizeBytes: number): number {
    if (!this.isAlive) return 0;
    const { memory, at, store } = this;
    if (sizeBytes < this.sizeBytes) {
      const inPage = sizeBytes % BLOCK_BYTES;
      const kept = Math.ceil(sizeBytes / BLOCK_BYTES);
      const last = inPage === 0 ? 0 : store.pages.get(at, kept - 1);
      if (inPage > 0 && last === 0 && store.pages.isOnVolume(at, kept - 1)) return NOT_HERE;
      store.pages.cut(at, kept);
      if (last !== 0) {
        memory.bytes.fill(0, last * BLOCK_BYTES + inPage, (last + 1) * BLOCK_BYTES);
        if (store.changes.areKept) store.pages.markDirty(last);
      }
      store.changes.cut(at, sizeBytes);
    }
    memory.setDouble(at + INODE.size, sizeBytes);
    return 0;
  }

  reserve(position: number, end: number): boolean {
    const { memory, at, store } = this;
    const { pages } = store;
    const first = Math.floor(position / BLOCK_BYTES);
    const afterLast = Math.ceil(end / BLOCK_BYTES);
    const room = memory.words[HEADER.maxPages]!;
    // Asked for before the pages are counted one by one: a hostile range has billions of them.
    if (!this.isAlive || afterLast - first > room || store.changes.areRefused) return false;
    const isMissing = (page: number) => pages.get(at, page) === 0 && !pages.isOnVolume(at, page);
    let missing = 0;
    for (let page = first; page < afterLast; page++) if (isMissing(page)) missing++;
    if (missing > room - memory.words[HEADER.pages]!) return false;
    for (let page = first; page < afterLast; page++) {
      if (!isMissing(page)) continue;
      const block = pages.take(at, page, false);
      if (block === NO_PAGE) return false;
      if (store.changes.areKept) pages.markDirty(block);
      memory.keep();
    }
    if (end > this.sizeBytes) memory.setDouble(at + INODE.size, end);
    return true;
  }

  /** @returns a block, 0 when there is no room, or why there is none yet */
  #pageForWriting(page: number, step: number): number {
    const { memory, at, store } = this;
    const present = store.pages.get(at, page);
    if (present !== 0) return present;
    if (step < BLOCK_BYTES && store.pages.isOnVolume(at, page)) return NOT_HERE;
    if (memory.words[HEADER.dirtyPages]! >= MAX_CHANGED_PAGES) return NO_ROOM_YET;
    const block = store.pages.take(at, page, step === BLOCK_BYTES);
    // Pages that the volume has not taken yet are in the way; there are none if the tree has no volume.
    return block === NO_PAGE && store.changes.areKept ? NO_ROOM_YET : block;
  }
}

function copy(from: Uint8Array, fromStart: number, to: Uint8Array, toStart: number, count: number): void {
  if (count <= SMALL_COPY_BYTES) for (let i = 0; i < count; i++) to[toStart + i] = from[fromStart + i]!;
  else to.set(from.subarray(fromStart, fromStart + count), toStart);
}
