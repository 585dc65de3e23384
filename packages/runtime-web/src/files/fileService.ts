import type { FileCall, FileEntry, FilesToPage, FilesUsage } from "../protocol/files.ts";
import { type Fault, StorageError } from "../storage/fault.ts";
import { type FileInode, type FileNeed, type Inode, NO_ROOM_YET, NOT_HERE } from "../storage/inode.ts";
import { HEADER } from "../storage/shared/layout.ts";
import type { SharedTree } from "../storage/shared/sharedTree.ts";
import { PAGE_BYTES } from "../storage/volume/volume.ts";
import { FileWatch } from "./fileWatch.ts";
import type { VolumeKeeper } from "./volumeKeeper.ts";

/** Bytes that are read or written before processes get their turn. */
const STEP_BYTES = 2 ** 20;
/** Largest file handed to the page at once. */
const MAX_READ_BYTES = 2 ** 31 - 1;
const NS_PER_MS = 1_000_000n;
/** The page is no process. */
const PAGE = { environment: 0, pid: 0 };

/** What the page asks of the filesystem, on the thread that has its volume. */
export class FileService {
  readonly #tree: SharedTree;
  /** undefined: all is in memory only. */
  keeper: VolumeKeeper | undefined;
  readonly #watches = new Map<number, FileWatch>();
  #changesSeen = 0;

  constructor(tree: SharedTree) {
    this.#tree = tree;
  }

  /** @throws StorageError */
  async answer(call: Exclude<FileCall, { call: "change" }>): Promise<unknown> {
    const { path } = call;
    switch (call.call) {
      case "list":
        return this.#tree.list(path).map(({ modifiedNs, ...entry }) => withMs(entry, modifiedNs));
      case "stat":
        return this.#stat(path);
      case "read":
        return this.#read(path, call.maxBytes);
      case "write":
        return this.#write(path, call.bytes);
      case "mkdir":
        return this.#tree.mkdirs(path);
      case "rename":
        return this.#tree.move(path, call.to);
      case "remove":
        return this.#tree.remove(path);
      case "holders":
        return this.#holders(path);
      case "usage":
        return this.#usage();
      case "sync":
        return this.#sync();
      case "watch":
        this.#watches.set(call.watch, new FileWatch(this.#tree, path));
        return undefined;
      case "unwatch":
        this.#watches.delete(call.watch);
        return undefined;
      case "close":
        return this.#close();
      default:
        return call satisfies never;
    }
  }

  /** Tells the watches of the page what changed since the last time. */
  tellChanges(tell: (message: FilesToPage) => void): void {
    const changes = Atomics.load(this.#tree.store.memory.words, HEADER.changes);
    if (this.#watches.size === 0 || changes === this.#changesSeen) return;
    this.#changesSeen = changes;
    for (const [watch, files] of this.#watches) {
      const found = files.changes();
      if (found.length > 0) tell({ type: "changed", watch, changes: found });
    }
  }

  #stat(path: string): FileEntry | undefined {
    return this.#tree.exclusively(() => {
      const inode = this.#tree.find(path, "follow");
      if (inode === undefined) return undefined;
      const sizeBytes = inode.kind === "file" ? inode.sizeBytes : 0;
      return withMs({ name: lastName(path), kind: inode.kind, sizeBytes }, inode.modifiedNs);
    });
  }

  async #read(path: string, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
    const operation = "read the file";
    const tree = this.#tree;
    const { file, opening, sizeBytes } = tree.exclusively(() => {
      const found = tree.file(operation, path);
      return {
        file: found,
        opening: this.#open(operation, path, found),
        sizeBytes: Math.min(found.sizeBytes, maxBytes),
      };
    });
    try {
      if (sizeBytes > MAX_READ_BYTES || (this.keeper === undefined && sizeBytes > tree.usage.capacityBytes))
        throw new StorageError(operation, path, "fileTooLarge");
      const bytes = new Uint8Array(sizeBytes);
      let done = 0;
      while (done < sizeBytes) {
        const read = tree.read(file, done, bytes, done, Math.min(sizeBytes, done + STEP_BYTES));
        if (read === 0) break;
        if (read > 0) done += read;
        if (read === NOT_HERE) await this.#fetch(operation, path, file, done);
        else await turn();
      }
      return done === sizeBytes ? bytes : bytes.slice(0, done);
    } finally {
      tree.close(file, opening);
    }
  }

  async #write(path: string, bytes: Uint8Array): Promise<undefined> {
    const operation = "write the file";
    const tree = this.#tree;
    tree.mkdirs(path.slice(0, path.lastIndexOf("/") + 1));
    const { file, opening } = tree.exclusively(() => {
      const found = tree.emptyFile(operation, path);
      return { file: found, opening: this.#open(operation, path, found) };
    });
    try {
      for (let done = 0; done < bytes.length; ) {
        const written = tree.write(file, done, bytes, done, Math.min(bytes.length, done + STEP_BYTES));
        if (typeof written === "string") throw new StorageError(operation, path, written);
        if (written > 0) done += written;
        if (written === NO_ROOM_YET) await this.#need(operation, path, { type: "room" });
        else if (done < bytes.length) await turn();
      }
      return undefined;
    } finally {
      tree.close(file, opening);
    }
  }

  #open(operation: string, path: string, inode: Inode): number {
    const opening = this.#tree.open(inode, PAGE);
    if (typeof opening === "string") throw new StorageError(operation, path, opening);
    return opening;
  }

  #fetch(operation: string, path: string, file: FileInode, position: number): Promise<void> {
    const { place, number } = file;
    const firstPage = Math.floor(position / PAGE_BYTES);
    const pages = STEP_BYTES / PAGE_BYTES;
    return this.#need(operation, path, { type: "pages", place, inode: number, firstPage, pages });
  }

  async #need(operation: string, path: string, need: FileNeed): Promise<void> {
    const { keeper } = this;
    if (keeper === undefined) {
      if (need.type === "sync") return;
      // What is in memory only needs nothing: there was a volume when this began.
      throw new StorageError(operation, path, "unavailable");
    }
    const fault = await new Promise<Fault | undefined>((resolve) => keeper.ask(need, resolve));
    if (fault !== undefined) throw new StorageError(operation, path, fault);
  }

  #holders(path: string) {
    const tree = this.#tree;
    return tree.exclusively(() => {
      const inode = tree.find(path, "follow");
      if (inode === undefined) throw new StorageError("look at", path, "notFound");
      return tree.store.holdersOf(inode).filter(({ pid }) => pid !== PAGE.pid);
    });
  }

  #usage(): FilesUsage {
    const { usedBytes, capacityBytes, inodes, maxInodes } = this.#tree.usage;
    return { usedBytes, capacityBytes, inodes, maxInodes, volume: this.keeper?.usage() };
  }

  async #sync(): Promise<undefined> {
    await this.#need("sync", "/", { type: "sync" });
    return undefined;
  }

  async #close(): Promise<undefined> {
    const fault = await this.keeper?.close();
    if (fault !== undefined) throw new StorageError("write back", "/", fault);
    return undefined;
  }
}

function withMs<Entry extends object>(entry: Entry, modifiedNs: bigint): Entry & { modifiedMs: number } {
  return { ...entry, modifiedMs: Number(modifiedNs / NS_PER_MS) };
}

function lastName(path: string): string {
  return path.split("/").findLast((name) => name !== "" && name !== ".") ?? "/";
}

/** Lets others have theirs: messages of executors whose processes wait. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
