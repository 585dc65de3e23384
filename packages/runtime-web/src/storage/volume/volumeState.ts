import type { BatchRecord, Placement } from "./batchRecord.ts";
import { type Extent, pagesFor } from "./geometry.ts";
import { PageMap } from "./pageMap.ts";
import type { EntryRecord, InodeRecord, VolumeContents } from "./volume.ts";

type Names = Map<string, EntryRecord>;

/** All that a volume knows, after all its batches. Content stays on the device; this says where. */
export class VolumeState {
  readonly #inodes = new Map<number, InodeRecord>();
  readonly #names = new Map<number, Names>();
  readonly #pages = new Map<number, PageMap>();
  #nextInode: number;

  constructor(nextInode = 2) {
    this.#nextInode = nextInode;
  }

  get nextInode(): number {
    return this.#nextInode;
  }

  pagesOf(inode: number): PageMap | undefined {
    return this.#pages.get(inode);
  }

  /** @param freed told of each page of the file that holds nothing any more */
  apply(batch: BatchRecord, freed: (extent: Extent) => void): void {
    for (const inode of batch.inodes) {
      this.#inodes.set(inode.number, inode);
      this.#nextInode = Math.max(this.#nextInode, inode.number + 1);
    }
    for (const entry of batch.entries) this.#applyEntry(entry);
    for (const { inode, sizeBytes } of batch.cuts) this.#pages.get(inode)?.cut(pagesFor(sizeBytes), freed);
    for (const placement of batch.placements) this.#place(placement, freed);
    for (const inode of batch.discarded) {
      this.#inodes.delete(inode);
      this.#names.delete(inode);
      this.#pages.get(inode)?.cut(0, freed);
      this.#pages.delete(inode);
    }
  }

  /** Everything as one batch. */
  snapshot(): BatchRecord {
    const { inodes, entries } = this.contents();
    const placements: Placement[] = [];
    for (const [inode, pages] of this.#pages) placements.push(...runsOf(inode, pages));
    return { inodes, entries, cuts: [], placements, discarded: [] };
  }

  contents(): VolumeContents {
    const entries: EntryRecord[] = [];
    for (const names of this.#names.values()) entries.push(...names.values());
    return { inodes: [...this.#inodes.values()], entries, nextInode: this.#nextInode };
  }

  /** The pages of the file that hold content: `use(inode, page, location, sum)`. */
  eachPage(use: (inode: number, page: number, location: number, sum: number) => void): void {
    for (const [inode, pages] of this.#pages)
      pages.each((page, location, sum) => use(inode, page, location, sum));
  }

  #applyEntry(entry: EntryRecord): void {
    let names = this.#names.get(entry.directory);
    if (names === undefined) {
      names = new Map();
      this.#names.set(entry.directory, names);
    }
    // A name that comes anew comes last, as its cookie does.
    names.delete(entry.name);
    if (entry.inode !== 0) names.set(entry.name, entry);
    else if (names.size === 0) this.#names.delete(entry.directory);
  }

  #place({ inode, firstPage, location, sums }: Placement, freed: (extent: Extent) => void): void {
    let pages = this.#pages.get(inode);
    if (pages === undefined) {
      pages = new PageMap();
      this.#pages.set(inode, pages);
    }
    for (let index = 0; index < sums.length; index++) {
      const before = pages.set(firstPage + index, location + index, sums[index]!);
      if (before !== 0) freed({ first: before, count: 1 });
    }
  }
}

function runsOf(inode: number, pages: PageMap): Placement[] {
  const runs: { inode: number; firstPage: number; location: number; sums: number[] }[] = [];
  pages.each((page, location, sum) => {
    const last = runs.at(-1);
    const follows =
      last !== undefined &&
      page === last.firstPage + last.sums.length &&
      location === last.location + last.sums.length;
    if (follows) last.sums.push(sum);
    else runs.push({ inode, firstPage: page, location, sums: [sum] });
  });
  return runs.map((run) => ({ ...run, sums: Uint32Array.from(run.sums) }));
}
