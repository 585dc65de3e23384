import type { FileChange, FileEntry, FileHolder, FilesUsage, VolumeUsage } from "../protocol/files.ts";
import type { MountSource } from "./fileArchive.ts";

export type { FileChange, FileEntry, FileHolder, FilesUsage, MountSource, VolumeUsage };

/** Which filesystem the runs of a runtime share; each may be left out. */
export interface FilesOptions {
  /**
   * Files and databases are kept under this name, in the browser's storage for this origin, for one tab at a time: in
   * another one `createRuntime` rejects with a `VolumeError` whose fault is `taken`. Default: they are in memory and end with the
   * runtime.
   */
  persist?: string;
  /**
   * What to do while another tab has the files open: "fail", or "wait" until that tab closes them or is gone. Default
   * "fail", after two seconds: a page that is being reloaded has them for a moment.
   */
  ifTaken?: "fail" | "wait";
  /**
   * Keeps them in IndexedDB, as is done anyway where the browser has no file system for pages (OPFS), such as in Firefox's
   * private windows. What is kept in one place is not looked for in the other.
   */
  backing?: "indexedDB";
  /**
   * Most bytes of files' content in memory. Default 1,073,741,824; with `persist`, where it only bounds what is cached,
   * 268,435,456.
   */
  capacityBytes?: number;
}

/**
 * The filesystem of a runtime, as its page sees it. Paths are absolute and follow symlinks. Each method rejects with
 * `StorageError` when it cannot be done, and with `RunError` when the runtime is closed.
 */
export interface RuntimeFiles {
  /** The entries of a directory, in the order they were made. */
  list(path: string): Promise<readonly FileEntry[]>;
  /** What is at a path; undefined when nothing is. */
  stat(path: string): Promise<FileEntry | undefined>;
  /** Whether something is at a path. */
  exists(path: string): Promise<boolean>;
  /** A file's content. @param options.maxBytes  only so much of its beginning. Default: all of it */
  read(path: string, options?: { maxBytes?: number }): Promise<Uint8Array<ArrayBuffer>>;
  /** `read`, as UTF-8. */
  readText(path: string): Promise<string>;
  /** Writes a whole file, replacing its content, and makes the directories above it that are missing. */
  write(path: string, content: string | Uint8Array): Promise<void>;
  /** Makes a directory and those above it that are missing. One that is there already is fine. */
  mkdir(path: string): Promise<void>;
  /** Gives what is at a path another one, replacing a file that is there. Whoever has it open keeps it. */
  rename(path: string, to: string): Promise<void>;
  /** Removes a file, a symlink, or a directory with everything in it. Whoever has a file open keeps it until he closes it. */
  remove(path: string): Promise<void>;
  /**
   * Tells what changes at a path and below it, from the call on, some ten times a second at most: many changes of one file
   * in between are one. Ends when the loop over it is left, or the runtime is closed.
   */
  watch(path: string): AsyncIterable<readonly FileChange[]>;
  /**
   * Copies what is in a zip, or in a directory that the visitor has chosen (`showDirectoryPicker`), to a directory, which
   * is made if it is missing. What is there already stays, but for files of the same names. Later changes of either are not
   * seen by the other. Rejects with `ArchiveError` for what is no zip, and writes nothing of one whose names lead out.
   */
  mount(path: string, source: MountSource): Promise<void>;
  /** A zip of a file, or of all that is in a directory. Symlinks are left out. */
  exportZip(path: string): Promise<Uint8Array<ArrayBuffer>>;
  /** The processes that have a file or directory open, of all runs that see this filesystem. */
  holders(path: string): Promise<readonly FileHolder[]>;
  /**
   * Resolves when all that was written so far is on the disk; a process does it for itself by `fd_sync`. Without it, what was
   * written is there within a second, and survives the end of the tab from then on.
   */
  sync(): Promise<void>;
  /** What it takes and may take. */
  usage(): Promise<FilesUsage>;
}
