import { StoreFull } from "../fault.ts";
import type {
  DirectoryInode,
  FileInode,
  Holder,
  Inode,
  InodeStore,
  StoreUsage,
  SymlinkInode,
} from "../inode.ts";
import { Blocks, infoAt } from "./blocks.ts";
import { Cells } from "./cells.ts";
import { Changes } from "./changes.ts";
import {
  BLOCK,
  BLOCK_BYTES,
  BLOCK_WORDS,
  FIRST_BLOCK,
  GROUP_BLOCKS,
  HEADER,
  INFO,
  INODE,
  INODE_FLAG,
  INODE_WORDS,
  KIND,
} from "./layout.ts";
import { NameTable } from "./nameTable.ts";
import { Openings } from "./openings.ts";
import { Pages } from "./pages.ts";
import { SharedDirectory } from "./sharedDirectory.ts";
import { SharedFile } from "./sharedFile.ts";
import type { SharedInode } from "./sharedInode.ts";
import { SharedSymlink, writeTarget } from "./sharedSymlink.ts";
import { type TreeBuffer, TreeMemory } from "./treeMemory.ts";

/** Words of an inode that a new one begins without. */
const CLEARED_FROM = INODE.linkCount;

/**
 * The inodes of a tree that lies in one buffer, seen by every thread that has the buffer. If it is not shared, it is
 * that of one thread, and all else is the same.
 */
export class SharedStore implements InodeStore {
  readonly memory: TreeMemory;
  readonly names: NameTable;
  readonly cells: Cells;
  readonly pages: Pages;
  readonly changes: Changes;
  readonly openings: Openings;
  readonly #blocks: Blocks;
  /** Inodes without links and openings, given back when the operation that ended them is done. */
  readonly #doomed: SharedInode[] = [];

  /**
   * @param buffer of `createTreeBuffer`
   * @param from 0, different for each thread that shares it
   */
  constructor(buffer: TreeBuffer, owner: number) {
    this.memory = new TreeMemory(buffer, owner);
    this.#blocks = new Blocks(this.memory);
    this.cells = new Cells(this.memory, this.#blocks);
    this.names = new NameTable(this.memory, this.#blocks);
    this.pages = new Pages(this.memory, this.#blocks);
    this.changes = new Changes(this.memory, this.cells, this.names);
    this.openings = new Openings(this.memory, this.cells);
  }

  get root(): DirectoryInode {
    return this.viewOf(this.memory.words[HEADER.root]!) as DirectoryInode;
  }

  get usage(): StoreUsage {
    const { words } = this.memory;
    return {
      usedBytes: words[HEADER.pages]! * BLOCK_BYTES,
      capacityBytes: words[HEADER.maxPages]! * BLOCK_BYTES,
      inodes: words[HEADER.inodes]!,
      maxInodes: words[HEADER.maxInodes]!,
    };
  }

  begin(): number {
    return this.memory.begin();
  }

  end(): void {
    try {
      if (this.memory.depth === 1) this.#bury();
    } finally {
      this.memory.end();
    }
  }

  undo(mark: number): void {
    this.memory.undo(mark);
  }

  createFile(nowNs: bigint): FileInode | undefined {
    const at = this.#create(KIND.file, nowNs);
    return at === 0 ? undefined : new SharedFile(this, at);
  }

  createDirectory(nowNs: bigint, parent: DirectoryInode): DirectoryInode | undefined {
    const at = this.#create(KIND.directory, nowNs);
    if (at === 0) return undefined;
    this.memory.set(at + INODE.parent, (parent as SharedDirectory).at);
    return new SharedDirectory(this, at);
  }

  createSymlink(nowNs: bigint, target: string): SymlinkInode | undefined {
    const at = this.#create(KIND.symlink, nowNs);
    if (at === 0) return undefined;
    writeTarget(this.memory, this.cells, this.#blocks, at, target);
    return new SharedSymlink(this, at);
  }

  /** Makes the root of a new tree. */
  createRoot(nowNs: bigint): void {
    const root = this.#create(KIND.directory, nowNs);
    if (root === 0 || !this.names.create()) throw new StoreFull();
    this.memory.set(root + INODE.parent, root);
    this.memory.set(root + INODE.linkCount, 2);
    this.memory.set(HEADER.root, root);
  }

  /** The inode of a record. */
  viewOf(at: number): Inode {
    const kind = this.memory.words[at + INODE.kind]!;
    if (kind === KIND.file) return new SharedFile(this, at);
    return kind === KIND.directory ? new SharedDirectory(this, at) : new SharedSymlink(this, at);
  }

  open(inode: Inode, holder: Holder): number {
    const view = inode as Inode & SharedInode;
    return view.isAlive ? this.openings.add(view.at, holder) : 0;
  }

  close(_inode: Inode, opening: number): void {
    if (opening !== 0) this.#closeOpening(opening);
  }

  holdersOf(inode: Inode): Holder[] {
    const view = inode as Inode & SharedInode;
    return view.isAlive ? [...this.openings.holdersOf(view.at)] : [];
  }

  /**
   * Gives back what a thread that is lost had open and what it had no time to. Within `begin` and `end`, some at a time.
   * @returns false: there is more
   */
  closeSomeOf(owner: number): boolean {
    for (let i = 0; i < 64; i++) {
      const opening = this.openings.firstOf(owner);
      if (opening === 0) return true;
      this.#closeOpening(opening);
    }
    return false;
  }

  /** Within `begin` and `end`: inodes that nothing leads to, left by an operation that never ended. */
  buryOrphans(): void {
    for (const at of this.inodes()) {
      const { words } = this.memory;
      if (words[at + INODE.linkCount] === 0 && words[at + INODE.openCount] === 0)
        this.discard(this.viewOf(at));
    }
  }

  /** Every record that is in use. */
  *inodes(): Iterable<number> {
    const { memory } = this;
    for (let block = FIRST_BLOCK; block < memory.words[HEADER.nextBlock]!; block++) {
      if (block % GROUP_BLOCKS === 0) continue;
      if ((memory.words[infoAt(block) + INFO.flags]! & BLOCK.inodes) === 0) continue;
      for (let at = block * BLOCK_WORDS; at < (block + 1) * BLOCK_WORDS; at += INODE_WORDS)
        if (memory.words[at + INODE.kind] !== KIND.free) yield at;
    }
  }

  discard(inode: Inode): void {
    this.#doomed.push(inode as Inode & SharedInode);
    if (this.memory.depth === 0) this.#bury();
  }

  #closeOpening(opening: number): void {
    const at = this.openings.remove(opening);
    const { words } = this.memory;
    if (words[at + INODE.openCount] === 0 && words[at + INODE.linkCount] === 0) this.discard(this.viewOf(at));
  }

  /** Last in an operation, because pages are given back one by one and that is not undone. */
  #bury(): void {
    for (let inode = this.#doomed.pop(); inode !== undefined; inode = this.#doomed.pop()) {
      const { memory } = this;
      const { at } = inode;
      if (!inode.isAlive || memory.words[at + INODE.openCount]! > 0 || inode.linkCount > 0) continue;
      memory.keep();
      if (inode instanceof SharedFile) this.pages.cut(at, 0);
      if (inode instanceof SharedSymlink) inode.giveTarget(this.#blocks);
      if (this.changes.areKept && (memory.words[at + INODE.flags]! & INODE_FLAG.onVolume) !== 0)
        this.#tellDiscarded(inode.number);
      this.changes.forget(at);
      memory.set(at + INODE.kind, KIND.free);
      memory.set(at + INODE.next, memory.words[HEADER.freeInode]!);
      memory.set(HEADER.freeInode, at);
      memory.add(HEADER.inodes, -1);
      memory.keep();
    }
  }

  /** Without room for the note the volume keeps an inode that no name leads to, which is discarded when it is opened. */
  #tellDiscarded(number: number): void {
    try {
      this.changes.discarded(number);
    } catch (error) {
      if (!(error instanceof StoreFull)) throw error;
    }
  }

  /** @returns 0: there is no room */
  #create(kind: number, nowNs: bigint): number {
    const { memory } = this;
    if (memory.words[HEADER.inodes]! >= memory.words[HEADER.maxInodes]!) return 0;
    if (memory.words[HEADER.freeInode] === 0 && !this.#addRecords()) return 0;
    const at = memory.words[HEADER.freeInode]!;
    memory.set(HEADER.freeInode, memory.words[at + INODE.next]!);
    for (let word = CLEARED_FROM; word < INODE_WORDS; word++) memory.set(at + word, 0);
    memory.set(at + INODE.kind, kind);
    memory.setDouble(at + INODE.number, memory.double(HEADER.nextNumber));
    memory.setDouble(HEADER.nextNumber, memory.double(HEADER.nextNumber) + 1);
    memory.setLong(at + INODE.accessed, nowNs);
    memory.setLong(at + INODE.modified, nowNs);
    memory.setLong(at + INODE.changed, nowNs);
    if (kind === KIND.file) memory.setDouble(at + INODE.cut, -1);
    memory.add(HEADER.inodes, 1);
    this.changes.inode(at);
    return at;
  }

  /** A block of free records. Nobody knows it yet, so only that it is one need be undone. */
  #addRecords(): boolean {
    const { memory } = this;
    const block = this.#blocks.take(BLOCK.inodes);
    if (block === 0) return false;
    const start = block * BLOCK_WORDS;
    for (let at = start; at < start + BLOCK_WORDS; at += INODE_WORDS)
      memory.words[at + INODE.next] = at + INODE_WORDS < start + BLOCK_WORDS ? at + INODE_WORDS : 0;
    memory.set(HEADER.freeInode, start);
    return true;
  }
}
