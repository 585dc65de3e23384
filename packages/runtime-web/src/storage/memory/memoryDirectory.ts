import type { DirectoryEntry, DirectoryInode, Inode } from "../inode.ts";

interface Entry extends DirectoryEntry {
  isDeleted: boolean;
}

/**
 * Names by lookup and by order. The order keeps deleted entries until they outnumber the living, so that a cookie
 * is found by binary search and a reader who deletes as it goes (as remove_dir_all does) misses nothing.
 */
export class MemoryDirectory implements DirectoryInode {
  readonly kind = "directory";
  readonly number: number;
  linkCount = 0;
  openCount = 0;
  accessedNs: bigint;
  modifiedNs: bigint;
  changedNs: bigint;
  parent: DirectoryInode;
  readonly #byName = new Map<string, Entry>();
  #inOrder: Entry[] = [];
  #nextCookie = 0;

  /** @param parent undefined for a root, which is its own */
  constructor(number: number, nowNs: bigint, parent: DirectoryInode | undefined) {
    this.number = number;
    this.accessedNs = nowNs;
    this.modifiedNs = nowNs;
    this.changedNs = nowNs;
    this.parent = parent ?? this;
  }

  get entryCount(): number {
    return this.#byName.size;
  }

  get nextCookie(): number {
    return this.#nextCookie;
  }

  get(name: string): Inode | undefined {
    return this.#byName.get(name)?.inode;
  }

  add(name: string, inode: Inode): void {
    const entry: Entry = { name, inode, cookie: this.#nextCookie++, isDeleted: false };
    this.#byName.set(name, entry);
    this.#inOrder.push(entry);
  }

  delete(name: string): void {
    const entry = this.#byName.get(name);
    if (entry === undefined) return;
    entry.isDeleted = true;
    this.#byName.delete(name);
    // A new array: an iteration under way goes on with the old one, in which the deleted are marked as such.
    if (this.#inOrder.length > 2 * this.#byName.size + 16)
      this.#inOrder = this.#inOrder.filter((candidate) => !candidate.isDeleted);
  }

  *entriesFrom(cookie: number): Iterable<DirectoryEntry> {
    const entries = this.#inOrder;
    for (let i = firstAtOrAfter(entries, cookie); i < entries.length; i++) {
      const entry = entries[i]!;
      if (!entry.isDeleted) yield entry;
    }
  }
}

function firstAtOrAfter(entries: readonly Entry[], cookie: number): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (entries[middle]!.cookie < cookie) low = middle + 1;
    else high = middle;
  }
  return low;
}
