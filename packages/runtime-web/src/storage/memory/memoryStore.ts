import type { DirectoryInode, FileInode, Inode, InodeStore, StoreUsage, SymlinkInode } from "../inode.ts";
import { Capacity } from "./capacity.ts";
import { MemoryDirectory } from "./memoryDirectory.ts";
import { MemoryFile } from "./memoryFile.ts";

export interface MemoryStoreOptions {
  /** Most bytes of file content, in pages of 4 KiB. Default 1 GiB: beyond, a tab is near its own end. */
  capacityBytes?: number;
  /** Most files, directories and symlinks together. Default 262,144: an empty file takes about 450 bytes (Node 20). */
  maxInodes?: number;
}

type Opened = { -readonly [Key in "openCount"]: Inode[Key] };

/** Keeps everything in the memory of one thread; gone with it. */
export class MemoryStore implements InodeStore {
  readonly root: DirectoryInode;
  readonly #capacity: Capacity;
  #lastNumber = 0;
  readonly #discarded = new WeakSet<Inode>();

  constructor(nowNs: bigint, options: MemoryStoreOptions = {}) {
    this.#capacity = new Capacity(options.capacityBytes ?? 2 ** 30, options.maxInodes ?? 2 ** 18);
    this.#capacity.takeInode();
    this.root = new MemoryDirectory(++this.#lastNumber, nowNs, undefined);
    this.root.linkCount = 2;
  }

  get usage(): StoreUsage {
    const { usedBytes, capacityBytes, inodes, maxInodes } = this.#capacity;
    return { usedBytes, capacityBytes, inodes, maxInodes };
  }

  createFile(nowNs: bigint): FileInode | undefined {
    if (!this.#capacity.takeInode()) return undefined;
    return new MemoryFile(++this.#lastNumber, nowNs, this.#capacity);
  }

  createDirectory(nowNs: bigint, parent: DirectoryInode): DirectoryInode | undefined {
    if (!this.#capacity.takeInode()) return undefined;
    return new MemoryDirectory(++this.#lastNumber, nowNs, parent);
  }

  createSymlink(nowNs: bigint, target: string): SymlinkInode | undefined {
    if (!this.#capacity.takeInode()) return undefined;
    return {
      kind: "symlink",
      number: ++this.#lastNumber,
      linkCount: 0,
      openCount: 0,
      accessedNs: nowNs,
      modifiedNs: nowNs,
      changedNs: nowNs,
      target,
    };
  }

  /** One thread, whose operations do not fail half-way. */
  begin(): number {
    return 0;
  }

  end(): void {}

  undo(): void {}

  open(inode: Inode): number {
    (inode as Opened).openCount++;
    return 0;
  }

  close(inode: Inode): void {
    (inode as Opened).openCount--;
    if (inode.linkCount === 0 && inode.openCount === 0) this.discard(inode);
  }

  discard(inode: Inode): void {
    if (this.#discarded.has(inode)) return;
    this.#discarded.add(inode);
    if (inode instanceof MemoryFile) inode.discard();
    this.#capacity.giveInode();
  }
}
