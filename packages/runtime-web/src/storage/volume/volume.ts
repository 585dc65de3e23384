import type { InodeKind } from "../inode.ts";

/** Bytes of a page: what is cached, marked dirty and read back as one. The last page of a file counts whole. */
export const PAGE_BYTES = 4096;

/** An inode as it is kept, without content and names. */
export interface InodeRecord {
  readonly number: number;
  readonly kind: InodeKind;
  /** Of a file; 0 for others. Pages that were never written and lie below it read as zeros. */
  readonly sizeBytes: number;
  readonly accessedNs: bigint;
  readonly modifiedNs: bigint;
  readonly changedNs: bigint;
  /** Of a symlink; else "". */
  readonly target: string;
}

/** A name in a directory. Link counts and parents follow from all of them, so they are not kept. */
export interface EntryRecord {
  readonly directory: number;
  readonly name: string;
  /** 0: the directory has this name no more. */
  readonly inode: number;
  /** Place in the directory's order (`DirectoryEntry.cookie`); 0 where `inode` is 0. */
  readonly cookie: number;
}

/** Pages of a file that follow each other. */
export interface PageRun {
  readonly inode: number;
  readonly firstPage: number;
  /** A multiple of `PAGE_BYTES`; what lies beyond the file's end is zero. */
  readonly bytes: Uint8Array;
}

/**
 * What changed in the tree between two moments, each of which was a consistent state: after a crash either all of it
 * is there or nothing. Applied in the order of the fields.
 */
export interface VolumeBatch {
  /** New inodes, and those whose record is another one than before. */
  readonly inodes: readonly InodeRecord[];
  /** In the order in which they happened. */
  readonly entries: readonly EntryRecord[];
  /** Smallest size a file has had since the last batch, where it is smaller than the size of then: pages beyond read as zeros again. */
  readonly cuts: readonly { readonly inode: number; readonly sizeBytes: number }[];
  readonly pages: readonly PageRun[];
  /** Inodes that are gone, with all their pages. */
  readonly discarded: readonly number[];
}

/** What a volume held when it was opened. The root directory has number 1 and is always there. */
export interface VolumeContents {
  readonly inodes: readonly InodeRecord[];
  readonly entries: readonly EntryRecord[];
  /** Above every number that was ever given, so that no number is given twice. */
  readonly nextInode: number;
}

/**
 * Where a tree outlives the tab: content by inode and page, everything else by records. One thread uses it, the
 * storage worker; the tree is the only judge of names, sizes and links.
 */
export interface Volume {
  readonly contents: VolumeContents;
  /** Fills `into`, a multiple of `PAGE_BYTES`, with pages from `firstPage` on. Sees what was committed, also before it is durable. */
  readPages(inode: number, firstPage: number, into: Uint8Array): void | Promise<void>;
  /**
   * Appends a batch. When it resolves the batch survives the end of the tab; `sync` makes earlier ones survive a
   * power cut too.
   * @throws VolumeError `noSpace`: nothing of the batch was taken, the same batch may be tried again
   */
  commit(batch: VolumeBatch): void | Promise<void>;
  /** Asks the browser to write everything to the disk. */
  sync(): void | Promise<void>;
  /** Bytes it takes on the disk, and how many it may take at most. */
  usage(): { readonly usedBytes: number; readonly capacityBytes: number };
  /** Writes down what shortens the next opening, and lets go of everything. Nothing else may be asked of it then. */
  close(): void | Promise<void>;
}

/** Where a volume lies: the origin private file system, or a database where the browser has none. */
export type Backing = "opfs" | "indexedDB";

/** `taken`: another tab has it open; `unavailable`: the browser, or the volume's format, does not allow it. */
export type VolumeFault = "noSpace" | "damaged" | "unavailable" | "taken" | "closed";

/** A volume could not do what it was asked. */
export class VolumeError extends Error {
  readonly fault: VolumeFault;

  constructor(fault: VolumeFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "VolumeError";
    this.fault = fault;
  }
}

/** Whether that is the error of a volume that has no room. */
export function isNoSpace(error: unknown): boolean {
  return error instanceof VolumeError && error.fault === "noSpace";
}
