import {
  type EntryRecord,
  type InodeRecord,
  PAGE_BYTES,
  type PageRun,
  type VolumeBatch,
} from "../volume/volume.ts";
import type { TreeChanges } from "./changeLog.ts";

/**
 * Changes that the volume has not taken yet. When it is full, later ones join those before: removing a file may be what
 * makes room for them.
 */
export class PendingChanges {
  readonly #inodes = new Map<number, InodeRecord>();
  #entries: EntryRecord[] = [];
  readonly #cuts = new Map<number, number>();
  /** Pages as they were taken, while nothing has joined them. */
  #runs: readonly PageRun[] = [];
  /** Pages one by one, once there are later ones that may replace some. */
  readonly #pages = new Map<number, Map<number, Uint8Array>>();
  readonly #discarded = new Set<number>();

  add(changes: TreeChanges): void {
    const isAlone = this.isEmpty;
    if (!isAlone) {
      this.#separate(this.#runs);
      this.#runs = [];
    }
    for (const record of changes.inodes) this.#inodes.set(record.number, record);
    this.#entries.push(...changes.entries);
    for (const { inode, sizeBytes } of changes.cuts) this.#cut(inode, sizeBytes);
    if (isAlone) this.#runs = changes.pages;
    else this.#separate(changes.pages);
    for (const number of changes.discarded) this.#discard(number);
  }

  get isEmpty(): boolean {
    return (
      this.#inodes.size === 0 &&
      this.#entries.length === 0 &&
      this.#cuts.size === 0 &&
      this.#runs.length === 0 &&
      this.#pages.size === 0 &&
      this.#discarded.size === 0
    );
  }

  get batch(): VolumeBatch {
    return {
      inodes: [...this.#inodes.values()],
      entries: this.#entries,
      cuts: Array.from(this.#cuts, ([inode, sizeBytes]) => ({ inode, sizeBytes })),
      pages: [...this.#runs, ...[...this.#pages].flatMap(([inode, pages]) => runsOf(inode, pages))],
      discarded: [...this.#discarded],
    };
  }

  clear(): void {
    this.#inodes.clear();
    this.#entries = [];
    this.#cuts.clear();
    this.#runs = [];
    this.#pages.clear();
    this.#discarded.clear();
  }

  #separate(runs: readonly PageRun[]): void {
    for (const { inode, firstPage, bytes } of runs) {
      const pages = this.#pages.get(inode) ?? new Map<number, Uint8Array>();
      this.#pages.set(inode, pages);
      for (let at = 0; at < bytes.length; at += PAGE_BYTES)
        pages.set(firstPage + at / PAGE_BYTES, bytes.subarray(at, at + PAGE_BYTES));
    }
  }

  /** What was written beyond before is gone; the page that the end is in was written again after it. */
  #cut(inode: number, sizeBytes: number): void {
    this.#cuts.set(inode, Math.min(sizeBytes, this.#cuts.get(inode) ?? sizeBytes));
    const pages = this.#pages.get(inode);
    for (const page of pages?.keys() ?? []) if (page * PAGE_BYTES >= sizeBytes) pages?.delete(page);
  }

  #discard(number: number): void {
    this.#discarded.add(number);
    this.#inodes.delete(number);
    this.#cuts.delete(number);
    this.#pages.delete(number);
    this.#entries = this.#entries.filter(({ inode }) => inode !== number);
  }
}

/** Longest run handed over as one, pages: 1 MiB. */
const MAX_RUN_PAGES = 256;

function runsOf(inode: number, pages: ReadonlyMap<number, Uint8Array>): PageRun[] {
  const runs: PageRun[] = [];
  const order = [...pages.keys()].sort((a, b) => a - b);
  for (let i = 0; i < order.length; ) {
    let end = i + 1;
    while (end < order.length && end - i < MAX_RUN_PAGES && order[end] === order[i]! + end - i) end++;
    const bytes = new Uint8Array((end - i) * PAGE_BYTES);
    for (let each = i; each < end; each++) bytes.set(pages.get(order[each]!)!, (each - i) * PAGE_BYTES);
    runs.push({ inode, firstPage: order[i]!, bytes });
    i = end;
  }
  return runs;
}
