/** What a read or write of a file gives when the next page is on the volume only: it has to be fetched, then it goes on. */
export const NOT_HERE = -1;
/** What a write gives when there is no room until changed pages are on the volume. */
export const NO_ROOM_YET = -2;

/** What an operation on a file has to wait for: it is tried again then. */
export type FileNeed =
  /** Pages that are on the volume only. */
  | {
      readonly type: "pages";
      readonly place: number;
      readonly inode: number;
      readonly firstPage: number;
      readonly pages: number;
    }
  /** Room: changed pages have to be on the volume before others take their place. */
  | { readonly type: "room" }
  /** Everything that was changed so far is to be on the volume, for good. */
  | { readonly type: "sync" };

/** Whose descriptor holds an inode open. */
export interface Holder {
  readonly environment: number;
  readonly pid: number;
}

/**
 * What a backend keeps: inodes. `FileTree` holds the rules (which names may change how, what counts as a link,
 * when a file dies) and is the only caller; a backend holds the bytes and the names and enforces nothing but its
 * capacity. Every backend runs `testing/storeConformance.ts`.
 */
export type Inode = FileInode | DirectoryInode | SymlinkInode;
/** What an inode is. */
export type InodeKind = Inode["kind"];

interface InodeState {
  /** Unique among all inodes a store has ever had; at least 1. */
  readonly number: number;
  /** Names that lead here. A directory counts 2, and 1 for each directory in it, as on Unix; 0 once it is removed. */
  linkCount: number;
  /** Descriptors that hold it open, of all processes. With no link and none of these the inode is discarded. */
  readonly openCount: number;
  /** Nanoseconds since 1970, u64. */
  accessedNs: bigint;
  modifiedNs: bigint;
  changedNs: bigint;
}

export interface FileInode extends InodeState {
  readonly kind: "file";
  /** Where its store finds it for a `FileNeed`, as long as it is the inode with its number. */
  readonly place: number;
  readonly sizeBytes: number;
  /**
   * Copies the file's bytes from `position` on to `into[start, end)`. Holes read as zeros.
   * @returns bytes copied; fewer than asked for at the end of the file and where a page is not here, 0 at or beyond
   *   the end; NOT_HERE
   */
  read(position: number, into: Uint8Array, start: number, end: number): number;
  /**
   * Copies `from[start, end)` to the file at `position`, growing it; a gap before `position` becomes a hole.
   * @returns bytes written; fewer than asked for, possibly 0, when the store is full; NOT_HERE; NO_ROOM_YET
   */
  write(position: number, from: Uint8Array, start: number, end: number): number;
  /**
   * Cuts the file off, or extends it by a hole.
   * @returns 0; NOT_HERE, nothing changed: the page that would become the last one has to be fetched
   */
  resize(sizeBytes: number): number;
  /** Takes the storage for `[position, end)` and grows the file to `end`. @returns false, nothing changed: no room */
  reserve(position: number, end: number): boolean;
}

export interface DirectoryInode extends InodeState {
  readonly kind: "directory";
  /** The directory it is in; the root's is the root. */
  parent: DirectoryInode;
  readonly entryCount: number;
  get(name: string): Inode | undefined;
  /** Adds a name that is not there yet. @throws StoreFull */
  add(name: string, inode: Inode): void;
  /** Removes a name that is there. */
  delete(name: string): void;
  /**
   * The entries from a cookie on, in the order they were added. Entries may come and go during the iteration:
   * one that stays is seen exactly once.
   */
  entriesFrom(cookie: number): Iterable<DirectoryEntry>;
  /** The cookie the next added entry will have. */
  readonly nextCookie: number;
}

export interface DirectoryEntry {
  readonly name: string;
  readonly inode: Inode;
  /** Place in the order of the directory, from 0; never given twice in one directory. A safe integer. */
  readonly cookie: number;
}

export interface SymlinkInode extends InodeState {
  readonly kind: "symlink";
  readonly target: string;
}

/**
 * Makes and ends inodes. All calls are synchronous. What they do between `begin` and `end`, on inodes too, is one step
 * to every thread that shares the store; and whoever shares it looks at it only there.
 */
export interface InodeStore {
  readonly root: DirectoryInode;
  /**
   * Waits until no other thread is in. May be nested.
   * @returns what `undo` takes
   */
  begin(): number;
  end(): void;
  /** Takes back what was done since `begin` gave this; the bytes of files are not. */
  undo(mark: number): void;
  /** Keeps an inode alive until `close`, whatever happens to its names. @returns what `close` takes */
  open(inode: Inode, holder: Holder): number;
  close(inode: Inode, opening: number): void;
  /** A new inode without name, link, or open descriptor. @returns undefined the store is full */
  createFile(nowNs: bigint): FileInode | undefined;
  createDirectory(nowNs: bigint, parent: DirectoryInode): DirectoryInode | undefined;
  createSymlink(nowNs: bigint, target: string): SymlinkInode | undefined;
  /** Gives back what an inode without links and open descriptors holds. Called twice, it does nothing the second time. */
  discard(inode: Inode): void;
  readonly usage: StoreUsage;
}

export interface StoreUsage {
  readonly usedBytes: number;
  readonly capacityBytes: number;
  readonly inodes: number;
  readonly maxInodes: number;
}
