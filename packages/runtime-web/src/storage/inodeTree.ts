import { type Fault, StoreFull } from "./fault.ts";
import {
  type DirectoryInode,
  type FileInode,
  type Holder,
  type Inode,
  type InodeStore,
  NOT_HERE,
  type StoreUsage,
  type SymlinkInode,
} from "./inode.ts";
import { exceedsBytes, MAX_PATH_BYTES } from "./walk.ts";

/** Largest file: 2^31 pages of 4 KiB, so that a page's index fits a signed 32-bit word in every backend. */
export const MAX_FILE_BYTES = 2 ** 43;

/**
 * Directories, files and symlinks by name, with the rules of POSIX about them. Each operation is atomic to all threads
 * that share the store, and takes a directory with a name in it; `walk` turns paths into those. What walks and then does
 * something is atomic within `exclusively`. Times are stamped as POSIX says, but reading does not stamp the access time
 * (as a Linux mount with `noatime`): it would make every read a write.
 */
export class InodeTree {
  readonly #store: InodeStore;
  readonly #nowNs: () => bigint;

  /** @param nowNs nanoseconds since 1970; the clock guests read, so that file times and their own agree */
  constructor(store: InodeStore, nowNs: () => bigint) {
    this.#store = store;
    this.#nowNs = nowNs;
  }

  get root(): DirectoryInode {
    return this.#store.root;
  }

  get usage(): StoreUsage {
    return this.exclusively(() => this.#store.usage);
  }

  /** Nobody else is in while this runs, which waits for nothing. What it changed is undone if it throws. */
  exclusively<T>(operation: () => T): T {
    const mark = this.#store.begin();
    let isDone = false;
    try {
      const result = operation();
      isDone = true;
      return result;
    } finally {
      if (!isDone) this.#store.undo(mark);
      this.#store.end();
    }
  }

  createFile(parent: DirectoryInode, name: string): FileInode | Fault {
    return this.#attempt(() => {
      const fault = faultOfNewName(parent, name);
      if (fault !== undefined) return fault;
      return this.#named(parent, name, this.#store.createFile(this.#nowNs()));
    });
  }

  createDirectory(parent: DirectoryInode, name: string): DirectoryInode | Fault {
    return this.#attempt(() => {
      const fault = faultOfNewName(parent, name);
      if (fault !== undefined) return fault;
      const directory = this.#named(parent, name, this.#store.createDirectory(this.#nowNs(), parent));
      if (typeof directory !== "string") {
        directory.linkCount++;
        parent.linkCount++;
      }
      return directory;
    });
  }

  /** The target is kept as it is and judged when it is followed. */
  createSymlink(parent: DirectoryInode, name: string, target: string): SymlinkInode | Fault {
    return this.#attempt(() => {
      const fault = faultOfNewName(parent, name);
      if (fault !== undefined) return fault;
      if (exceedsBytes(target, MAX_PATH_BYTES)) return "nameTooLong";
      return this.#named(parent, name, this.#store.createSymlink(this.#nowNs(), target));
    });
  }

  /** Gives a file or symlink a further name. @returns undefined when done */
  link(inode: Inode, parent: DirectoryInode, name: string): Fault | undefined {
    return this.#attempt(() => {
      const fault = faultOfNewName(parent, name);
      if (fault !== undefined) return fault;
      if (inode.kind === "directory") return "notPermitted";
      if (inode.linkCount === 0) return "notFound";
      const named = this.#named(parent, name, inode);
      return typeof named === "string" ? named : undefined;
    });
  }

  /** Takes a name from a file or symlink. What a descriptor still holds open lives on without it. */
  unlink(parent: DirectoryInode, name: string): Fault | undefined {
    return this.#attempt(() => {
      const inode = parent.get(name);
      if (inode === undefined) return "notFound";
      if (inode.kind === "directory") return "isDirectory";
      this.#unname(parent, name, inode);
      return undefined;
    });
  }

  removeDirectory(parent: DirectoryInode, name: string): Fault | undefined {
    return this.#attempt(() => {
      const inode = parent.get(name);
      if (inode === undefined) return "notFound";
      if (inode.kind !== "directory") return "notDirectory";
      if (inode.entryCount > 0) return "notEmpty";
      this.#unname(parent, name, inode);
      return undefined;
    });
  }

  /**
   * Moves a name, replacing what has the new one: a file or symlink replaces a file or symlink, a directory an
   * empty directory. Two names of the same inode stay as they are, as rename(2) says.
   */
  rename(
    fromParent: DirectoryInode,
    fromName: string,
    toParent: DirectoryInode,
    toName: string,
  ): Fault | undefined {
    return this.#attempt(() => {
      const inode = fromParent.get(fromName);
      if (inode === undefined || toParent.linkCount === 0) return "notFound";
      const replaced = toParent.get(toName);
      if (replaced?.number === inode.number) return undefined;
      if (inode.kind === "directory" && isWithin(toParent, inode)) return "invalid";
      if (replaced !== undefined) {
        const fault = faultOfReplacing(inode, replaced);
        if (fault !== undefined) return fault;
        this.#unname(toParent, toName, replaced);
      }
      fromParent.delete(fromName);
      toParent.add(toName, inode);
      if (inode.kind === "directory") {
        fromParent.linkCount--;
        toParent.linkCount++;
        inode.parent = toParent;
      }
      const nowNs = this.#nowNs();
      inode.changedNs = nowNs;
      stampModified(fromParent, nowNs);
      stampModified(toParent, nowNs);
      return undefined;
    });
  }

  /** Keeps an inode alive until `close`, whatever happens to its names. @returns what `close` takes, or a fault */
  open(inode: Inode, holder: Holder): number | Fault {
    return this.#attempt(() => this.#store.open(inode, holder));
  }

  close(inode: Inode, opening: number): void {
    this.exclusively(() => this.#store.close(inode, opening));
  }

  /** `FileInode.read`. */
  read(file: FileInode, position: number, into: Uint8Array, start: number, end: number): number {
    this.#store.begin();
    try {
      return file.read(position, into, start, end);
    } finally {
      this.#store.end();
    }
  }

  /** `FileInode.write`, but a fault when not one byte of a non-empty range could be written. */
  write(file: FileInode, position: number, from: Uint8Array, start: number, end: number): number | Fault {
    if (start === end) return 0;
    if (position >= MAX_FILE_BYTES) return "fileTooLarge";
    this.#store.begin();
    try {
      const written = file.write(position, from, start, Math.min(end, start + MAX_FILE_BYTES - position));
      if (written === 0) return "noSpace";
      if (written > 0) stampModified(file, this.#nowNs());
      return written;
    } finally {
      this.#store.end();
    }
  }

  /** @returns undefined: done; NOT_HERE as `FileInode.resize` */
  resize(file: FileInode, sizeBytes: number): Fault | typeof NOT_HERE | undefined {
    if (sizeBytes > MAX_FILE_BYTES) return "fileTooLarge";
    return this.exclusively(() => {
      if (file.resize(sizeBytes) === NOT_HERE) return NOT_HERE;
      stampModified(file, this.#nowNs());
      return undefined;
    });
  }

  /** Takes storage for a range in advance, so that writing there cannot fail for lack of it; grows the file if need be. */
  reserve(file: FileInode, position: number, end: number): Fault | undefined {
    return this.#attempt(() => {
      if (end > MAX_FILE_BYTES) return "fileTooLarge";
      if (!file.reserve(position, end)) return "noSpace";
      stampModified(file, this.#nowNs());
      return undefined;
    });
  }

  /** @param accessedNs a time, "now", or undefined to keep it */
  setTimes(
    inode: Inode,
    accessedNs: bigint | "now" | undefined,
    modifiedNs: bigint | "now" | undefined,
  ): void {
    this.exclusively(() => {
      const nowNs = this.#nowNs();
      if (accessedNs !== undefined) inode.accessedNs = accessedNs === "now" ? nowNs : accessedNs;
      if (modifiedNs !== undefined) inode.modifiedNs = modifiedNs === "now" ? nowNs : modifiedNs;
      inode.changedNs = nowNs;
    });
  }

  /** What finds no room half-way has changed nothing. */
  #attempt<T>(operation: () => T): T | "noSpace" {
    try {
      return this.exclusively(operation);
    } catch (error) {
      if (error instanceof StoreFull) return "noSpace";
      throw error;
    }
  }

  #named<T extends Inode>(parent: DirectoryInode, name: string, inode: T | undefined): T | Fault {
    if (inode === undefined) return "noSpace";
    parent.add(name, inode);
    inode.linkCount++;
    const nowNs = this.#nowNs();
    inode.changedNs = nowNs;
    stampModified(parent, nowNs);
    return inode;
  }

  #unname(parent: DirectoryInode, name: string, inode: Inode): void {
    parent.delete(name);
    if (inode.kind === "directory") {
      inode.linkCount = 0;
      parent.linkCount--;
    } else inode.linkCount--;
    const nowNs = this.#nowNs();
    inode.changedNs = nowNs;
    stampModified(parent, nowNs);
    this.#discardIfUnused(inode);
  }

  #discardIfUnused(inode: Inode): void {
    if (inode.linkCount === 0 && inode.openCount === 0) this.#store.discard(inode);
  }
}

function stampModified(inode: Inode, nowNs: bigint): void {
  inode.modifiedNs = nowNs;
  inode.changedNs = nowNs;
}

/** A directory that was removed while open takes no new names: they could never be reached again. */
function faultOfNewName(parent: DirectoryInode, name: string): Fault | undefined {
  if (parent.linkCount === 0) return "notFound";
  return parent.get(name) === undefined ? undefined : "exists";
}

function faultOfReplacing(inode: Inode, replaced: Inode): Fault | undefined {
  if (replaced.kind === "directory") {
    if (inode.kind !== "directory") return "isDirectory";
    return replaced.entryCount > 0 ? "notEmpty" : undefined;
  }
  return inode.kind === "directory" ? "notDirectory" : undefined;
}

function isWithin(directory: DirectoryInode, ancestor: DirectoryInode): boolean {
  for (let at = directory; ; at = at.parent) {
    if (at.number === ancestor.number) return true;
    if (at.number === at.parent.number) return false;
  }
}
