import type { Fault } from "../storage/fault.ts";
import type { FileNeed, InodeKind } from "../storage/inode.ts";
import type { Backing, VolumeFault } from "../storage/volume/volume.ts";

/** How the filesystem of a runtime is made. Plain data. */
export interface FilesSettings {
  /** Name of the volume it is kept on; undefined: in memory only. */
  readonly persist: string | undefined;
  /** Where the volume lies instead of OPFS. */
  readonly backing: "indexedDB" | undefined;
  /** What to do while another tab has it. */
  readonly ifTaken: "fail" | "wait";
  /** Most bytes of content in memory. */
  readonly capacityBytes: number;
}

/** Where the filesystem of a runtime is. */
export type FilesPlace =
  /** In memory that all executors share; a worker of its own has the volume. */
  | { readonly type: "shared"; readonly buffer: SharedArrayBuffer }
  /** In the memory of one executor, which has the volume too, and runs what opens files. */
  | { readonly type: "executor"; readonly executor: number; readonly settings: FilesSettings };

/** The page's first words to the storage worker. */
export interface ConnectStorage {
  readonly buffer: SharedArrayBuffer;
  readonly settings: FilesSettings;
  readonly pagePort: MessagePort;
  /** Per executor. */
  readonly executorPorts: readonly MessagePort[];
  /** As in RuntimeSettings. */
  readonly lockPrefix: string | undefined;
}

/** Of an executor, whose process waits. */
export interface ExecutorToFiles {
  readonly type: "need";
  readonly request: number;
  readonly need: FileNeed;
}

export interface FilesToExecutor {
  readonly type: "done";
  readonly request: number;
  /** Why it was not done. */
  readonly fault: Fault | undefined;
}

/** What is at a path. */
export interface FileEntry {
  /** The last name of its path. */
  readonly name: string;
  readonly kind: InodeKind;
  /** Bytes of a file's content; 0 for what is not a file. */
  readonly sizeBytes: number;
  /** Milliseconds since 1970. */
  readonly modifiedMs: number;
}

/** A process that has a file open. */
export interface FileHolder {
  /** `RunningEnvironment.id`. */
  readonly environment: number;
  readonly pid: number;
}

/** What a volume takes of the browser's storage and may take. */
export interface VolumeUsage {
  readonly usedBytes: number;
  readonly capacityBytes: number;
  readonly backing: Backing;
  /** The browser gave no more when something was written last. Writes are refused until there is room again. */
  readonly isFull: boolean;
}

/** What a filesystem takes and may take. */
export interface FilesUsage {
  /** Content in memory, and how much of it there may be. */
  readonly usedBytes: number;
  readonly capacityBytes: number;
  /** Files, directories and symlinks. */
  readonly inodes: number;
  readonly maxInodes: number;
  /** What the volume takes of the browser's storage; undefined: all is in memory only. */
  readonly volume: VolumeUsage | undefined;
}

/** What came of a change of storage. */
export interface StorageChange {
  /** Where files are now; undefined: in memory only. */
  readonly backing: Backing | undefined;
  /** What was changed last before is lost: the browser's storage was full or failed, and writes were refused. */
  readonly isLost: boolean;
}

/** Something at a path came, went, or is another than before; a rename is one that went and one that came. */
export interface FileChange {
  readonly path: string;
  readonly type: "created" | "changed" | "removed";
}

/** What the page asks, and what it gets. */
export interface FileCalls {
  list: { asks: { path: string }; gets: readonly FileEntry[] };
  stat: { asks: { path: string }; gets: FileEntry | undefined };
  read: { asks: { path: string; maxBytes: number }; gets: Uint8Array<ArrayBuffer> };
  write: { asks: { path: string; bytes: Uint8Array }; gets: undefined };
  mkdir: { asks: { path: string }; gets: undefined };
  rename: { asks: { path: string; to: string }; gets: undefined };
  remove: { asks: { path: string }; gets: undefined };
  holders: { asks: { path: string }; gets: readonly FileHolder[] };
  usage: { asks: { path: string }; gets: FilesUsage };
  sync: { asks: { path: string }; gets: undefined };
  watch: { asks: { path: string; watch: number }; gets: undefined };
  unwatch: { asks: { path: string; watch: number }; gets: undefined };
  /** Lets go of what there is, for the volume of a name, or for memory. */
  change: { asks: { path: string; persist: string | undefined }; gets: StorageChange };
  /** Writes back what changed and lets go of the volume. */
  close: { asks: { path: string }; gets: undefined };
}

export type FileCall = {
  [Name in keyof FileCalls]: { readonly call: Name } & Readonly<FileCalls[Name]["asks"]>;
}[keyof FileCalls];

export interface PageToFiles {
  readonly request: number;
  readonly call: FileCall;
}

export type FilesToPage =
  | { readonly type: "ready" }
  /** Its volume could not be opened. */
  | { readonly type: "failed"; readonly fault: VolumeFault; readonly message: string }
  | { readonly type: "answered"; readonly request: number; readonly value: unknown }
  | {
      readonly type: "refused";
      readonly request: number;
      readonly operation: string;
      readonly path: string;
      readonly fault: Fault;
    }
  /** Another volume could not be opened: everything is as it was. */
  | {
      readonly type: "refusedVolume";
      readonly request: number;
      readonly fault: VolumeFault;
      readonly message: string;
    }
  | { readonly type: "changed"; readonly watch: number; readonly changes: readonly FileChange[] };
