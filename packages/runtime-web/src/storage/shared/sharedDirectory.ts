import type { DirectoryEntry, DirectoryInode, Inode } from "../inode.ts";
import { ENTRY, INODE } from "./layout.ts";
import { SharedInode } from "./sharedInode.ts";

/** Names are in the table of all names; a directory has the list of its own in the order they were added. */
export class SharedDirectory extends SharedInode implements DirectoryInode {
  readonly kind = "directory";
  /** Where a reader was last, who mostly comes back for what follows. */
  #lastEntry = 0;
  #lastCookie = -1;

  get parent(): DirectoryInode {
    return this.store.viewOf(this.memory.words[this.at + INODE.parent]!) as DirectoryInode;
  }

  set parent(parent: DirectoryInode) {
    if (this.isAlive) this.memory.set(this.at + INODE.parent, (parent as SharedDirectory).at);
  }

  get entryCount(): number {
    return this.isAlive ? this.memory.words[this.at + INODE.entryCount]! : 0;
  }

  get nextCookie(): number {
    return this.memory.double(this.at + INODE.nextCookie);
  }

  get(name: string): Inode | undefined {
    if (!this.isAlive) return undefined;
    const entry = this.store.names.find(this.at, name);
    return entry === 0 ? undefined : this.store.viewOf(this.memory.words[entry + ENTRY.inode]!);
  }

  add(name: string, inode: Inode): void {
    const cookie = this.nextCookie;
    this.addAt(name, (inode as Inode & SharedInode).at, cookie);
    this.store.changes.name(this.number, name, (inode as Inode & SharedInode).at, cookie);
  }

  /** `add` with a cookie above all that are there. @throws StoreFull */
  addAt(name: string, inode: number, cookie: number): void {
    const { memory, store, at } = this;
    const entry = store.cells.take(entryWords(store.names.byteLength(name)));
    const last = memory.words[at + INODE.lastEntry]!;
    memory.set(entry + ENTRY.directory, at);
    memory.set(entry + ENTRY.inode, inode);
    memory.setDouble(entry + ENTRY.cookie, cookie);
    memory.set(entry + ENTRY.previous, last);
    memory.set(entry + ENTRY.next, 0);
    memory.set(last === 0 ? at + INODE.firstEntry : last + ENTRY.next, entry);
    memory.set(at + INODE.lastEntry, entry);
    memory.setDouble(at + INODE.nextCookie, cookie + 1);
    memory.add(at + INODE.entryCount, 1);
    store.names.add(entry, name);
  }

  delete(name: string): void {
    const { memory, store, at } = this;
    const entry = this.isAlive ? store.names.find(at, name) : 0;
    if (entry === 0) return;
    const previous = memory.words[entry + ENTRY.previous]!;
    const next = memory.words[entry + ENTRY.next]!;
    memory.set(previous === 0 ? at + INODE.firstEntry : previous + ENTRY.next, next);
    memory.set(next === 0 ? at + INODE.lastEntry : next + ENTRY.previous, previous);
    memory.add(at + INODE.entryCount, -1);
    store.names.remove(entry);
    // A remembered place in the list must not be taken for the entry that gets this cell next.
    memory.set(entry + ENTRY.directory, 0);
    store.cells.give(entry, entryWords(memory.words[entry + ENTRY.length]!));
    store.changes.name(this.number, name, 0, 0);
  }

  *entriesFrom(cookie: number): Iterable<DirectoryEntry> {
    const { memory, store } = this;
    let entry = this.#first(cookie);
    while (entry !== 0) {
      const found = {
        name: store.names.nameOf(entry),
        inode: store.viewOf(memory.words[entry + ENTRY.inode]!),
        cookie: memory.double(entry + ENTRY.cookie),
      };
      this.#lastEntry = entry;
      this.#lastCookie = found.cookie;
      yield found;
      entry = this.#first(found.cookie + 1);
    }
  }

  /** The first entry with this cookie or a higher one. */
  #first(cookie: number): number {
    if (!this.isAlive) return 0;
    const { words } = this.memory;
    let entry = words[this.at + INODE.firstEntry]!;
    const last = this.#lastEntry;
    if (cookie > this.#lastCookie && this.#isAt(last, this.#lastCookie)) entry = last;
    while (entry !== 0 && this.memory.double(entry + ENTRY.cookie) < cookie)
      entry = words[entry + ENTRY.next]!;
    return entry;
  }

  /** Whether an entry is there still. A cell may hold anything else by now, but cookies are given once. */
  #isAt(entry: number, cookie: number): boolean {
    const { memory } = this;
    return (
      entry !== 0 &&
      memory.words[entry + ENTRY.directory] === this.at &&
      memory.double(entry + ENTRY.cookie) === cookie
    );
  }
}

function entryWords(nameBytes: number): number {
  return ENTRY.bytes + ((nameBytes + 3) >> 2);
}
