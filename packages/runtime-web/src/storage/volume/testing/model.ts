import {
  type EntryRecord,
  type InodeRecord,
  PAGE_BYTES,
  type PageRun,
  type Volume,
  type VolumeBatch,
} from "../volume.ts";
import type { Random } from "./simulatedDisk.ts";

interface ModelFile {
  readonly record: InodeRecord;
  /** What each page is filled with. */
  readonly pages: ReadonlyMap<number, number>;
}

interface Moment {
  readonly files: ReadonlyMap<number, ModelFile>;
  readonly names: ReadonlyMap<string, EntryRecord>;
  /** All of it, to be compared with `describeVolume`. */
  readonly text: string;
}

/**
 * What a volume must hold, kept in the plainest way. Every page it writes is filled with a number of its own, so that a page
 * that is part one and part another is seen.
 */
export class Model {
  #files = new Map<number, ModelFile>();
  #names = new Map<string, EntryRecord>();
  #nextInode = 2;
  #nextFill = 1;
  #nextCookie = 0;

  /** What it was before any batch, after the first, and so on. */
  readonly moments: Moment[] = [this.#moment()];

  /** A model that goes on from a moment of another one. */
  static continuing(other: Model, moment: number): Model {
    const model = new Model();
    model.#files = new Map(other.moments[moment]!.files);
    model.#names = new Map(other.moments[moment]!.names);
    model.#nextInode = other.#nextInode;
    model.#nextFill = other.#nextFill;
    model.#nextCookie = other.#nextCookie;
    model.moments[0] = model.#moment();
    return model;
  }

  /** Pages with content. */
  get pageCount(): number {
    return [...this.#files.values()].reduce((sum, { pages }) => sum + pages.size, 0);
  }

  /** A random change of everything that a batch can change; the model is then after it. */
  nextBatch(random: Random, maxPages = 40): VolumeBatch {
    const inodes: InodeRecord[] = [];
    const entries: EntryRecord[] = [];
    const cuts: { inode: number; sizeBytes: number }[] = [];
    const pages: PageRun[] = [];
    const discarded: number[] = [];
    for (let count = random(4); count > 0; count--) this.#create(inodes, entries);
    const kept = [...this.#files.keys()];
    for (const number of kept) {
      const fate = random(12);
      if (fate === 0 && kept.length > 3) this.#discard(number, entries, discarded, inodes);
      else if (fate === 1) this.#cut(number, random, cuts, inodes);
      else if (fate < 5) this.#write(number, random, pages, inodes, maxPages);
      else if (fate === 5) this.#rename(number, entries);
    }
    this.moments.push(this.#moment());
    return { inodes, entries, cuts, pages, discarded };
  }

  #create(inodes: InodeRecord[], entries: EntryRecord[]): void {
    const number = this.#nextInode++;
    this.#put(number, 0, new Map(), inodes);
    this.#name(number, `file ${number}`, entries);
  }

  #discard(number: number, entries: EntryRecord[], discarded: number[], inodes: InodeRecord[]): void {
    const entry = [...this.#names.values()].find(({ inode }) => inode === number)!;
    entries.push({ ...entry, inode: 0, cookie: 0 });
    this.#names.delete(entry.name);
    this.#files.delete(number);
    discarded.push(number);
    const created = inodes.findIndex((inode) => inode.number === number);
    if (created >= 0) inodes.splice(created, 1);
  }

  #cut(number: number, random: Random, cuts: { inode: number; sizeBytes: number }[], inodes: InodeRecord[]) {
    const { record, pages } = this.#files.get(number)!;
    const keptPages = random(record.sizeBytes / PAGE_BYTES + 1);
    const sizeBytes = keptPages * PAGE_BYTES;
    cuts.push({ inode: number, sizeBytes });
    const kept = [...pages].filter(([page]) => page < keptPages);
    this.#put(number, sizeBytes, new Map(kept), inodes);
  }

  #write(number: number, random: Random, runs: PageRun[], inodes: InodeRecord[], maxPages: number): void {
    const { record, pages } = this.#files.get(number)!;
    const firstPage = random(maxPages);
    const count = 1 + random(random(4) === 0 ? maxPages : 3);
    const bytes = new Uint8Array(count * PAGE_BYTES);
    const after = new Map(pages);
    for (let index = 0; index < count; index++) {
      const fill = this.#nextFill++;
      new Uint32Array(bytes.buffer, index * PAGE_BYTES, PAGE_BYTES / 4).fill(fill);
      after.set(firstPage + index, fill);
    }
    runs.push({ inode: number, firstPage, bytes });
    const sizeBytes = Math.max(record.sizeBytes, (firstPage + count) * PAGE_BYTES);
    this.#put(number, sizeBytes, after, inodes);
  }

  #rename(number: number, entries: EntryRecord[]): void {
    const entry = [...this.#names.values()].find(({ inode }) => inode === number)!;
    entries.push({ ...entry, inode: 0, cookie: 0 });
    this.#names.delete(entry.name);
    this.#name(number, `file ${number} ${this.#nextCookie}`, entries);
  }

  #name(inode: number, name: string, entries: EntryRecord[]): void {
    const entry = { directory: 1, name, inode, cookie: this.#nextCookie++ };
    this.#names.set(name, entry);
    entries.push(entry);
  }

  #put(number: number, sizeBytes: number, pages: Map<number, number>, inodes: InodeRecord[]): void {
    const modifiedNs = BigInt(this.#nextFill++);
    const record: InodeRecord = {
      number,
      kind: "file",
      sizeBytes,
      accessedNs: 0n,
      modifiedNs,
      changedNs: modifiedNs,
      target: "",
    };
    this.#files.set(number, { record, pages });
    const earlier = inodes.findIndex((inode) => inode.number === number);
    if (earlier >= 0) inodes[earlier] = record;
    else inodes.push(record);
  }

  #moment(): Moment {
    const files = [...this.#files.values()].map(({ record, pages }) =>
      describeFile(record, (page) => pages.get(page) ?? 0),
    );
    const text = describe(files, [...this.#names.values()]);
    return { files: new Map(this.#files), names: new Map(this.#names), text };
  }
}

/** The same text as `Moment.text` of what a volume that was just opened holds. @throws of `readPages` */
export async function describeVolume(volume: Volume): Promise<string> {
  const files: string[] = [];
  for (const record of volume.contents.inodes) {
    if (record.kind !== "file") continue;
    const bytes = new Uint8Array(record.sizeBytes);
    await volume.readPages(record.number, 0, bytes);
    files.push(describeFile(record, (page) => fillOf(bytes, page)));
  }
  return describe(files, volume.contents.entries);
}

function fillOf(bytes: Uint8Array<ArrayBuffer>, page: number): number | string {
  const words = new Uint32Array(bytes.buffer, page * PAGE_BYTES, PAGE_BYTES / 4);
  for (const word of words) if (word !== words[0]) return "torn";
  return words[0]!;
}

function describeFile(record: InodeRecord, fill: (page: number) => number | string): string {
  const pages = Array.from({ length: record.sizeBytes / PAGE_BYTES }, (_, page) => fill(page));
  return `${record.number} ${record.kind} ${record.sizeBytes} ${record.modifiedNs}: ${pages.join(" ")}`;
}

function describe(files: readonly string[], entries: readonly EntryRecord[]): string {
  const names = entries.map(
    ({ name, inode, cookie, directory }) => `${directory}/${name} ${inode} ${cookie}`,
  );
  return [...[...files].sort(), ...names].join("\n");
}
