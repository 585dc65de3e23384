import type { Device } from "../storage/volume/device.ts";
import { VolumeError } from "../storage/volume/volume.ts";
import { estimateCapacity } from "./capacity.ts";
import { openFailure, writeFailure } from "./failures.ts";

/** What is used of a FileSystemSyncAccessHandle, which TypeScript declares only for programs that are workers alone. */
export interface SyncFile {
  read(into: Uint8Array<ArrayBuffer>, options: { readonly at: number }): number;
  write(from: Uint8Array<ArrayBuffer>, options: { readonly at: number }): number;
  truncate(sizeBytes: number): void;
  flush(): void;
  getSize(): number;
  close(): void;
}

/** Undefined where synchronous files do not exist: in browsers without them, and on pages. */
type SyncFileHandle = FileSystemFileHandle & { readonly createSyncAccessHandle?: () => Promise<SyncFile> };

/** The folder of all volumes of an origin. */
const FOLDER = "lunatic-web";

/** A handle of a tab that has just died is let go of a moment later than its lock: so long, in steps, it is tried again. */
const ATTEMPTS = 100;
const ATTEMPT_MS = 50;

/** A file of the origin private file system, all of whose calls are synchronous. */
export class OpfsDevice implements Device {
  readonly capacityBytes: number;
  readonly #file: SyncFile;
  #sizeBytes: number;

  constructor(file: SyncFile, capacityBytes: number) {
    this.#file = file;
    this.#sizeBytes = file.getSize();
    this.capacityBytes = capacityBytes;
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  read(position: number, into: Uint8Array<ArrayBuffer>): void {
    let done = 0;
    while (done < into.length) {
      const count = this.#file.read(into.subarray(done), { at: position + done });
      if (count === 0) break;
      done += count;
    }
    into.fill(0, done);
  }

  write(position: number, from: Uint8Array<ArrayBuffer>): void {
    let done = 0;
    try {
      while (done < from.length) {
        const count = this.#file.write(from.subarray(done), { at: position + done });
        if (count === 0) throw new VolumeError("noSpace", "The browser writes no more to the volume's file");
        done += count;
      }
    } catch (error) {
      throw writeFailure(error);
    } finally {
      if (done > 0) this.#sizeBytes = Math.max(this.#sizeBytes, position + done);
    }
  }

  truncate(sizeBytes: number): void {
    try {
      this.#file.truncate(sizeBytes);
    } catch (error) {
      throw writeFailure(error);
    }
    this.#sizeBytes = sizeBytes;
  }

  /** What was written is the operating system's already. */
  settle(): void {}

  flush(): void {
    try {
      this.#file.flush();
    } catch (error) {
      throw writeFailure(error);
    }
  }

  close(): void {
    this.#file.close();
  }
}

/**
 * Opens the file of a volume in OPFS. Only a dedicated worker may.
 * @returns undefined: the browser has no OPFS here (Firefox's private windows, some web views)
 */
export async function openOpfsDevice(name: string): Promise<OpfsDevice | undefined> {
  const folder = await openFolder();
  if (folder === undefined) return undefined;
  const handle: SyncFileHandle = await folder.getFileHandle(fileName(name), { create: true });
  if (handle.createSyncAccessHandle === undefined) return undefined;
  const file = await openExclusively(() => handle.createSyncAccessHandle!(), name);
  return new OpfsDevice(file, await estimateCapacity(file.getSize()));
}

/** Whether the browser has files for workers here; where not, volumes lie in IndexedDB. */
export async function hasSynchronousFiles(): Promise<boolean> {
  return (await openFolder()) !== undefined && "createSyncAccessHandle" in FileSystemFileHandle.prototype;
}

/** Deletes the file of a volume that nobody has open. */
export async function deleteOpfsFile(name: string): Promise<void> {
  const folder = await openFolder();
  try {
    await folder?.removeEntry(fileName(name));
  } catch (error) {
    if (!isNamed(error, "NotFoundError")) throw openFailure(name, error);
  }
}

async function openFolder(): Promise<FileSystemDirectoryHandle | undefined> {
  if (typeof navigator.storage?.getDirectory !== "function") return undefined;
  let root: FileSystemDirectoryHandle;
  try {
    root = await navigator.storage.getDirectory();
  } catch (error) {
    if (isNamed(error, "SecurityError")) return undefined;
    throw error;
  }
  return root.getDirectoryHandle(FOLDER, { create: true });
}

async function openExclusively(open: () => Promise<SyncFile>, name: string): Promise<SyncFile> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await open();
    } catch (error) {
      const isHeld = isNamed(error, "NoModificationAllowedError");
      if (!isHeld || attempt === ATTEMPTS) throw openFailure(name, error);
      await new Promise((resolve) => setTimeout(resolve, ATTEMPT_MS));
    }
  }
}

/** Any text is the name of a volume; of a file only some are. */
function fileName(name: string): string {
  return `${encodeURIComponent(name)}.volume`;
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof DOMException && error.name === name;
}
