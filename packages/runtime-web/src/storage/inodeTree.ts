import type { Fault } from "./fault.ts";
import type { DirectoryInode, FileInode, Inode, InodeStore, StoreUsage, SymlinkInode } from "./inode.ts";

/** Largest file: 2^31 pages of 4 KiB, so that a page's index fits a signed 32-bit word in every backend. */
export const MAX_FILE_BYTES = 2 ** 43;

/**
 * Directories, files and symlinks by name, with the rules of POSIX about them. Operations are atomic (none waits half-way) and take a directory with a name in it; `walk`
 * turns paths into those. Times are stamped as POSIX says, but reading does not stamp the access time (as a Linux
 * mount with `noatime`): it would make every read a write.
 */
export class InodeTree {
  readonly root: DirectoryInode;
  readonly #store: InodeStore;
  readonly #nowNs: () => bigint;

  /** @param nowNs nanoseconds since 1970; the clock guests read, so that file times and their own agree */
  constructor(store: InodeStore, nowNs: () => bigint) {
    this.root = store.root;
    this.#store = store;
    this.#nowNs = nowNs;
  }

  get usage(): StoreUsage {
    return this.#store.usage;
  }

  createFile(parent: DirectoryInode, name: string): FileInode | Fault {
    const fault = faultOfNewName(parent, name);
    if (fault !== undefined) return fault;
    return this.#named(parent, name, this.#store.createFile(this.#nowNs()));
  }

  createDirectory(parent: DirectoryInode, name: string): DirectoryInode | Fault {
    const fault = faultOfNewName(parent, name);
    if (fault !== undefined) return fault;
    const directory = this.#named(parent, name, this.#store.createDirectory(this.#nowNs(), parent));
    if (typeof directory !== "string") {
      directory.linkCount++;
      parent.linkCount++;
    }
    return directory;
  }

  /** The target is kept as it is and judged when it is followed. */
  createSymlink(parent: DirectoryInode, name: string, target: string): SymlinkInode | Fault {
    const fault = faultOfNewName(parent, name);
    if (fault !== undefined) return fault;
    return this.#named(parent, name, this.#store.createSymlink(this.#nowNs(), target));
  }

  /** Gives a file or symlink a further name. @returns undefined when done */
  link(inode: Inode, parent: DirectoryInode, name: string): Fault | undefined {
    const fault = faultOfNewName(parent, name);
    if (fault !== undefined) return fault;
    if (inode.kind === "directory") return "notPermitted";
    this.#named(parent, name, inode);
    return undefined;
  }

  /** Takes a name from a file or symlink. What a descriptor still holds open lives on without it. */
  unlink(parent: DirectoryInode, name: string): Fault | undefined {
    const inode = parent.get(name);
    if (inode === undefined) return "notFound";
    if (inode.kind === "directory") return "isDirectory";
    this.#unname(parent, name, inode);
    return undefined;
  }

  removeDirectory(parent: DirectoryInode, name: string): Fault | undefined {
    const inode = parent.get(name);
    if (inode === undefined) return "notFound";
    if (inode.kind !== "directory") return "notDirectory";
    if (inode.entryCount > 0) return "notEmpty";
    this.#unname(parent, name, inode);
    return undefined;
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
    const inode = fromParent.get(fromName);
    if (inode === undefined || toParent.linkCount === 0) return "notFound";
    const replaced = toParent.get(toName);
    if (replaced === inode) return undefined;
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
  }

  /** Keeps an inode alive until as many calls of `close`, whatever happens to its names. */
  open(inode: Inode): void {
    inode.openCount++;
  }

  close(inode: Inode): void {
    inode.openCount--;
    this.#discardIfUnused(inode);
  }

  /** `FileInode.read`. */
  read(file: FileInode, position: number, into: Uint8Array, start: number, end: number): number {
    return file.read(position, into, start, end);
  }

  /** `FileInode.write`, but a fault when not one byte of a non-empty range could be written. */
  write(file: FileInode, position: number, from: Uint8Array, start: number, end: number): number | Fault {
    if (start === end) return 0;
    if (position >= MAX_FILE_BYTES) return "fileTooLarge";
    const written = file.write(position, from, start, Math.min(end, start + MAX_FILE_BYTES - position));
    if (written === 0) return "noSpace";
    stampModified(file, this.#nowNs());
    return written;
  }

  resize(file: FileInode, sizeBytes: number): Fault | undefined {
    if (sizeBytes > MAX_FILE_BYTES) return "fileTooLarge";
    file.resize(sizeBytes);
    stampModified(file, this.#nowNs());
    return undefined;
  }

  /** Takes storage for a range in advance, so that writing there cannot fail for lack of it; grows the file if need be. */
  reserve(file: FileInode, position: number, end: number): Fault | undefined {
    if (end > MAX_FILE_BYTES) return "fileTooLarge";
    if (!file.reserve(position, end)) return "noSpace";
    stampModified(file, this.#nowNs());
    return undefined;
  }

  /** @param accessedNs a time, "now", or undefined to keep it */
  setTimes(
    inode: Inode,
    accessedNs: bigint | "now" | undefined,
    modifiedNs: bigint | "now" | undefined,
  ): void {
    const nowNs = this.#nowNs();
    if (accessedNs !== undefined) inode.accessedNs = accessedNs === "now" ? nowNs : accessedNs;
    if (modifiedNs !== undefined) inode.modifiedNs = modifiedNs === "now" ? nowNs : modifiedNs;
    inode.changedNs = nowNs;
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
    if (at === ancestor) return true;
    if (at === at.parent) return false;
  }
}
