import { type EntryRecord, PAGE_BYTES, type PageRun, type VolumeBatch } from "../../storage/volume/volume.ts";

/** Number of a volume's root directory. */
const ROOT = 1;
const FIRST_ROOM_BYTES = 64 * 1024;

/** A file in memory, and which of its pages the volume has to be told of. */
export class MirroredFile {
  readonly inode: number;
  #bytes: Uint8Array<ArrayBuffer>;
  #sizeBytes: number;
  readonly changed = new Set<number>();
  /** Smallest size since the volume was told. */
  least: number;
  isChanged = false;

  constructor(inode: number, content: Uint8Array<ArrayBuffer> = new Uint8Array(0)) {
    this.inode = inode;
    this.#bytes = content;
    this.#sizeBytes = content.length;
    this.least = content.length;
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** @returns how many bytes there were */
  read(position: number, into: Uint8Array): number {
    const there = this.#bytes.subarray(position, Math.min(this.#sizeBytes, position + into.length));
    into.set(there);
    return there.length;
  }

  write(position: number, from: Uint8Array): void {
    const end = position + from.length;
    if (end > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(end, 2 * this.#bytes.length, FIRST_ROOM_BYTES));
      larger.set(this.#bytes.subarray(0, this.#sizeBytes));
      this.#bytes = larger;
    }
    this.#bytes.set(from, position);
    this.#sizeBytes = Math.max(this.#sizeBytes, end);
    for (let page = Math.floor(position / PAGE_BYTES); page * PAGE_BYTES < end; page++)
      this.changed.add(page);
    this.isChanged = true;
  }

  truncate(sizeBytes: number): void {
    if (sizeBytes >= this.#sizeBytes) return;
    this.#bytes.fill(0, sizeBytes, this.#sizeBytes);
    this.#sizeBytes = sizeBytes;
    this.least = Math.min(this.least, sizeBytes);
    // The page that the end is in is kept whole, so what is behind it must be zero there too.
    if (sizeBytes % PAGE_BYTES !== 0) this.changed.add(Math.floor(sizeBytes / PAGE_BYTES));
    this.isChanged = true;
  }

  /** Copies of some pages, zeros behind the end. */
  runs(pages: readonly number[]): PageRun[] {
    return pages.map((page) => {
      const bytes = new Uint8Array(PAGE_BYTES);
      bytes.set(this.#bytes.subarray(page * PAGE_BYTES, Math.min(this.#sizeBytes, (page + 1) * PAGE_BYTES)));
      return { inode: this.inode, firstPage: page, bytes };
    });
  }
}

/** What of the files the volume is about to be told. */
export interface TakenFiles {
  readonly batch: VolumeBatch;
  /** The volume has it. */
  confirm(): void;
  /** The volume has not taken it: it is part of what is taken next. */
  putBack(): void;
}

/** Files by their names, and how they differ from those on a volume. */
export class MirroredFiles {
  readonly #files = new Map<string, MirroredFile>();
  /** Numbers of the files on the volume. */
  readonly #kept = new Map<string, number>();
  #nextInode: number;
  #nextCookie: number;

  constructor(nextInode: number, nextCookie: number) {
    this.#nextInode = nextInode;
    this.#nextCookie = nextCookie;
  }

  /** A file that the volume has. */
  load(path: string, inode: number, content: Uint8Array<ArrayBuffer>): void {
    this.#files.set(path, new MirroredFile(inode, content));
    this.#kept.set(path, inode);
  }

  get paths(): string[] {
    return [...this.#files.keys()];
  }

  find(path: string): MirroredFile | undefined {
    return this.#files.get(path);
  }

  create(path: string): MirroredFile {
    const file = new MirroredFile(this.#nextInode++);
    file.isChanged = true;
    this.#files.set(path, file);
    return file;
  }

  /** A file that nobody but its maker sees, and no volume. */
  temporary(): MirroredFile {
    return new MirroredFile(0);
  }

  delete(path: string): void {
    this.#files.delete(path);
  }

  /** Bytes of the pages that the volume has not been told of. */
  get changedBytes(): number {
    let pages = 0;
    for (const file of this.#files.values()) pages += file.changed.size;
    return pages * PAGE_BYTES;
  }

  /** @returns undefined: nothing changed */
  take(): TakenFiles | undefined {
    const entries: EntryRecord[] = [];
    const discarded: number[] = [];
    for (const [path, inode] of this.#kept) {
      if (this.#files.get(path)?.inode === inode) continue;
      entries.push({ directory: ROOT, name: path, inode: 0, cookie: 0 });
      discarded.push(inode);
    }
    const taken = [...this.#files]
      .filter(([, file]) => file.isChanged)
      .map(([path, file]) => ({ path, file, pages: pagesWithin(file), least: file.least }));
    if (entries.length === 0 && taken.length === 0) return undefined;
    for (const { path, file } of taken) {
      if (this.#kept.get(path) === file.inode) continue;
      entries.push({ directory: ROOT, name: path, inode: file.inode, cookie: this.#nextCookie++ });
    }
    const batch: VolumeBatch = {
      inodes: taken.map(({ file }) => recordOf(file)),
      entries,
      cuts: taken.flatMap(({ file: { inode, sizeBytes }, least }) =>
        least < sizeBytes || this.#isKept(inode) ? [{ inode, sizeBytes: least }] : [],
      ),
      pages: taken.flatMap(({ file, pages }) => file.runs(pages)),
      discarded,
    };
    const kept = new Map([...this.#files].map(([path, { inode }]) => [path, inode]));
    for (const { file } of taken) {
      file.changed.clear();
      file.least = file.sizeBytes;
      file.isChanged = false;
    }
    return {
      batch,
      confirm: () => {
        this.#kept.clear();
        for (const [path, inode] of kept) this.#kept.set(path, inode);
      },
      putBack() {
        for (const { file, pages, least } of taken) {
          for (const page of pages) file.changed.add(page);
          file.least = Math.min(file.least, least);
          file.isChanged = true;
        }
      },
    };
  }

  #isKept(inode: number): boolean {
    for (const kept of this.#kept.values()) if (kept === inode) return true;
    return false;
  }
}

function pagesWithin(file: MirroredFile): number[] {
  return [...file.changed].filter((page) => page * PAGE_BYTES < file.sizeBytes).sort((a, b) => a - b);
}

function recordOf({ inode, sizeBytes }: MirroredFile) {
  const nowNs = BigInt(Date.now()) * 1_000_000n;
  return {
    number: inode,
    kind: "file",
    sizeBytes,
    accessedNs: nowNs,
    modifiedNs: nowNs,
    changedNs: nowNs,
    target: "",
  } as const;
}
