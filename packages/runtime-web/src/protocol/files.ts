import type { Fault } from "../storage/fault.ts";
import type { FileNeed, InodeKind } from "../storage/inode.ts";
import type { VolumeFault } from "../storage/volume/volume.ts";

/** How the filesystem of a runtime is made. Plain data. */
export interface FilesSettings {
  /** Name of the volume it is kept on; undefined: in memory only. */
  readonly persist: string | undefined;
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

/** What a filesystem takes and may take. */
export interface FilesUsage {
  /** Content in memory, and how much of it there may be. */
  readonly usedBytes: number;
  readonly capacityBytes: number;
  /** Files, directories and symlinks. */
  readonly inodes: number;
  readonly maxInodes: number;
  /** What the volume takes of the browser's storage; undefined: all is in memory only. */
  readonly volume: { readonly usedBytes: number; readonly capacityBytes: number } | undefined;
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
  read: { asks: { path: string }; gets: Uint8Array<ArrayBuffer> };
  write: { asks: { path: string; bytes: Uint8Array }; gets: undefined };
  mkdir: { asks: { path: string }; gets: undefined };
  rename: { asks: { path: string; to: string }; gets: undefined };
  remove: { asks: { path: string }; gets: undefined };
  holders: { asks: { path: string }; gets: readonly FileHolder[] };
  usage: { asks: { path: string }; gets: FilesUsage };
  sync: { asks: { path: string }; gets: undefined };
  watch: { asks: { path: string; watch: number }; gets: undefined };
  unwatch: { asks: { path: string; watch: number }; gets: undefined };
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
  | { readonly type: "changed"; readonly watch: number; readonly changes: readonly FileChange[] };
