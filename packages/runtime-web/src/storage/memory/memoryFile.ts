import type { FileInode } from "../inode.ts";
import { type Capacity, PAGE_BYTES } from "./capacity.ts";

/** Copies up to this many bytes are done one by one: a view for `set` costs more than that. */
const SMALL_COPY_BYTES = 32;

/**
 * Most pages allocated at once. A buffer of its own per page made writing 64 MiB three to five times slower (Node 20);
 * with larger ones a file that is cut short would keep more than it uses.
 */
const MAX_EXTENT_PAGES = 64;

/** A file as a sparse set of pages. Bytes of a page beyond the file's size are zero, so growing needs no clearing. */
export class MemoryFile implements FileInode {
  readonly kind = "file";
  /** All of it is here. */
  readonly place = 0;
  readonly number: number;
  linkCount = 0;
  openCount = 0;
  accessedNs: bigint;
  modifiedNs: bigint;
  changedNs: bigint;
  #sizeBytes = 0;
  readonly #pages = new Map<number, Uint8Array>();
  /** Where the next pages come from; never used before, so zero. */
  #extent = new ArrayBuffer(0);
  #extentUsedBytes = 0;
  /** Pages of all extents that some page may still lie in. */
  #extentPages = 0;
  readonly #capacity: Capacity;

  constructor(number: number, nowNs: bigint, capacity: Capacity) {
    this.number = number;
    this.accessedNs = nowNs;
    this.modifiedNs = nowNs;
    this.changedNs = nowNs;
    this.#capacity = capacity;
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  read(position: number, into: Uint8Array, start: number, end: number): number {
    const count = Math.min(end - start, this.#sizeBytes - position);
    if (count <= 0) return 0;
    for (let done = 0; done < count; ) {
      const inPage = (position + done) % PAGE_BYTES;
      const step = Math.min(PAGE_BYTES - inPage, count - done);
      const page = this.#pages.get((position + done - inPage) / PAGE_BYTES);
      if (page === undefined) into.fill(0, start + done, start + done + step);
      else copy(page, inPage, into, start + done, step);
      done += step;
    }
    return count;
  }

  write(position: number, from: Uint8Array, start: number, end: number): number {
    const count = end - start;
    let done = 0;
    while (done < count) {
      const inPage = (position + done) % PAGE_BYTES;
      const step = Math.min(PAGE_BYTES - inPage, count - done);
      const page = this.#pageForWriting((position + done - inPage) / PAGE_BYTES);
      if (page === undefined) break;
      copy(from, start + done, page, inPage, step);
      done += step;
    }
    if (done > 0 && position + done > this.#sizeBytes) this.#sizeBytes = position + done;
    return done;
  }

  resize(sizeBytes: number): number {
    if (sizeBytes < this.#sizeBytes) {
      const inPage = sizeBytes % PAGE_BYTES;
      const keptPages = Math.ceil(sizeBytes / PAGE_BYTES);
      this.#dropPages(keptPages, Math.ceil(this.#sizeBytes / PAGE_BYTES));
      if (inPage > 0) this.#pages.get(keptPages - 1)?.fill(0, inPage);
    }
    this.#sizeBytes = sizeBytes;
    return 0;
  }

  reserve(position: number, end: number): boolean {
    const first = Math.floor(position / PAGE_BYTES);
    const afterLast = Math.ceil(end / PAGE_BYTES);
    // Asked for before the pages are counted one by one: a hostile range has billions of them.
    if ((afterLast - first) * PAGE_BYTES > this.#capacity.capacityBytes) return false;
    let missing = 0;
    for (let index = first; index < afterLast; index++) if (!this.#pages.has(index)) missing++;
    if (!this.#capacity.takePages(missing)) return false;
    for (let index = first; index < afterLast; index++)
      if (!this.#pages.has(index)) this.#pages.set(index, this.#newPage());
    if (end > this.#sizeBytes) this.#sizeBytes = end;
    return true;
  }

  discard(): void {
    this.#capacity.givePages(this.#pages.size);
    this.#pages.clear();
    this.#compact();
    this.#sizeBytes = 0;
  }

  #pageForWriting(index: number): Uint8Array | undefined {
    const present = this.#pages.get(index);
    if (present !== undefined) return present;
    if (!this.#capacity.takePages(1)) return undefined;
    const page = this.#newPage();
    this.#pages.set(index, page);
    return page;
  }

  /** Extents double with the file, so that a small one takes a single page. */
  #newPage(): Uint8Array {
    if (this.#extentUsedBytes === this.#extent.byteLength) {
      const pages = Math.min(Math.max(this.#pages.size, 1), MAX_EXTENT_PAGES);
      this.#extent = new ArrayBuffer(pages * PAGE_BYTES);
      this.#extentUsedBytes = 0;
      this.#extentPages += pages;
    }
    const page = new Uint8Array(this.#extent, this.#extentUsedBytes, PAGE_BYTES);
    this.#extentUsedBytes += PAGE_BYTES;
    return page;
  }

  /** By the shorter way, over the range or over the pages there are: either may be large and the other small. */
  #dropPages(first: number, end: number): void {
    const before = this.#pages.size;
    if (end - first < before) for (let index = first; index < end; index++) this.#pages.delete(index);
    else for (const index of this.#pages.keys()) if (index >= first) this.#pages.delete(index);
    this.#capacity.givePages(before - this.#pages.size);
    // A single page keeps its whole extent, so without this a guest could hold 64 times its capacity.
    if (this.#extentPages > 2 * this.#pages.size) this.#compact();
  }

  /** Moves the pages to extents of their own. */
  #compact(): void {
    this.#extent = new ArrayBuffer(0);
    this.#extentUsedBytes = 0;
    this.#extentPages = 0;
    for (const [index, page] of this.#pages) {
      const moved = this.#newPage();
      moved.set(page);
      this.#pages.set(index, moved);
    }
  }
}

function copy(from: Uint8Array, fromStart: number, to: Uint8Array, toStart: number, count: number): void {
  if (count <= SMALL_COPY_BYTES) for (let i = 0; i < count; i++) to[toStart + i] = from[fromStart + i]!;
  else if (count === from.length) to.set(from, toStart);
  else to.set(from.subarray(fromStart, fromStart + count), toStart);
}
