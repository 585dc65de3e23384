import { deleteVolume, openVolume, PAGE_BYTES, type Volume } from "@lunatic-web/runtime/volume";
import type { VolumeTask, VolumeTimes } from "./volume.ts";

const NAME = "bench";
const SIZED = { accessedNs: 0n, modifiedNs: 0n, changedNs: 0n, target: "" } as const;
const READ_PAGES = 16;

/** What is measured of each way to keep files. A file has a number, and pages of 4 KiB. */
interface Keeper {
  /** Writes pages to a file, together. */
  write(file: number, firstPage: number, bytes: Uint8Array<ArrayBuffer>): void | Promise<void>;
  /** Makes files of one page, together. */
  create(first: number, count: number): void | Promise<void>;
  read(file: number, firstPage: number, into: Uint8Array<ArrayBuffer>): void | Promise<void>;
  sync(): void | Promise<void>;
  /** Lets go of everything, as a tab that dies does; what was synced stays. */
  leave(): Promise<void>;
}

/** @returns how many files it sees */
type Opening = () => Promise<{ readonly keeper: Keeper; readonly files: number }>;

async function measure({ way, files }: VolumeTask): Promise<VolumeTimes> {
  await (way === "filePerFile" ? removeFolder() : deleteVolume(NAME));
  const open: Opening = way === "filePerFile" ? openFolder : () => openKeptVolume(way);
  const { keeper } = await open();
  const commits: number[] = [];
  for (const pages of [1, 100, 1000]) commits.push(await commitTime(keeper, pages));
  const syncMs = await syncTime(keeper);
  const writeMs = await timed(async () => {
    const bytes = new Uint8Array(2 ** 20).fill(7);
    for (let mebibyte = 0; mebibyte < 64; mebibyte++) {
      await keeper.write(3, (mebibyte * bytes.length) / PAGE_BYTES, bytes);
    }
    await keeper.sync();
  });
  const readMs = await timed(async () => {
    const bytes = new Uint8Array(READ_PAGES * PAGE_BYTES);
    for (let page = 0; page < (64 * 2 ** 20) / PAGE_BYTES; page += READ_PAGES) {
      await keeper.read(3, page, bytes);
      if (bytes[5] !== 7) throw new Error(`Page ${page} was not read back`);
    }
  });
  const createMs = await timed(async () => {
    for (let first = 0; first < files; first += 100) await keeper.create(10 + first, 100);
    await keeper.sync();
  });
  await keeper.leave();
  let opened = await open();
  await opened.keeper.leave();
  const openMs = await timed(async () => {
    opened = await open();
  });
  if (opened.files < files) throw new Error(`Of ${files} files only ${opened.files} were there again`);
  await opened.keeper.leave();
  const [commit1Ms, commit100Ms, commit1000Ms] = commits as [number, number, number];
  return { commit1Ms, commit100Ms, commit1000Ms, syncMs, writeMs, readMs, createMs, openMs };
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Of one of twenty. */
async function commitTime(keeper: Keeper, pages: number): Promise<number> {
  const bytes = new Uint8Array(pages * PAGE_BYTES).fill(1);
  await keeper.write(2, 0, bytes);
  const total = await timed(async () => {
    for (let count = 0; count < 20; count++) await keeper.write(2, 0, bytes);
  });
  return total / 20;
}

/** Of one of ten, each after a page was written. */
async function syncTime(keeper: Keeper): Promise<number> {
  let totalMs = 0;
  for (let count = 0; count < 10; count++) {
    await keeper.write(2, count, new Uint8Array(PAGE_BYTES).fill(count));
    totalMs += await timed(async () => keeper.sync());
  }
  return totalMs / 10;
}

async function openKeptVolume(backing: "opfs" | "indexedDB") {
  const volume = await openVolume({ name: NAME, backing, ifTaken: "wait" });
  return { keeper: keeperOf(volume), files: volume.contents.entries.length };
}

function keeperOf(volume: Volume): Keeper {
  const sizes = new Map<number, number>();
  const inodeOf = (number: number, sizeBytes: number) =>
    ({ number, kind: "file", sizeBytes, ...SIZED }) as const;
  return {
    write(file, firstPage, bytes) {
      const sizeBytes = Math.max(sizes.get(file) ?? 0, firstPage * PAGE_BYTES + bytes.length);
      sizes.set(file, sizeBytes);
      const pages = [{ inode: file, firstPage, bytes }];
      return volume.commit({
        inodes: [inodeOf(file, sizeBytes)],
        entries: [],
        cuts: [],
        pages,
        discarded: [],
      });
    },
    create(first, count) {
      const numbers = Array.from({ length: count }, (_, index) => first + index);
      return volume.commit({
        inodes: numbers.map((number) => inodeOf(number, PAGE_BYTES)),
        entries: numbers.map((inode) => ({ directory: 1, name: `file ${inode}`, inode, cookie: inode })),
        cuts: [],
        pages: numbers.map((inode) => ({ inode, firstPage: 0, bytes: new Uint8Array(PAGE_BYTES).fill(1) })),
        discarded: [],
      });
    },
    read: (file, firstPage, into) => volume.readPages(file, firstPage, into),
    sync: () => volume.sync(),
    leave: async () => volume.close(),
  };
}

/** What is used of a FileSystemSyncAccessHandle, which TypeScript declares only for programs that are workers alone. */
interface SyncFile {
  read(into: Uint8Array<ArrayBuffer>, options: { readonly at: number }): number;
  write(from: Uint8Array<ArrayBuffer>, options: { readonly at: number }): number;
  flush(): void;
  close(): void;
}
type SyncFileHandle = FileSystemFileHandle & { createSyncAccessHandle(): Promise<SyncFile> };

/** The plain way: each file of a guest is a file of OPFS. Batches are nothing to it, so a crash may tear them. */
async function openFolder() {
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle(NAME, { create: true });
  let files = 0;
  for await (const handle of folder.values()) {
    const { size } = await (handle as FileSystemFileHandle).getFile();
    if (size > 0) files++;
  }
  const handles = new Map<number, SyncFile>();
  const written = new Set<SyncFile>();
  const handleOf = async (file: number): Promise<SyncFile> => {
    const known = handles.get(file);
    if (known !== undefined) return known;
    const handle = await folder.getFileHandle(`file ${file}`, { create: true });
    const opened = await (handle as SyncFileHandle).createSyncAccessHandle();
    handles.set(file, opened);
    return opened;
  };
  const keeper: Keeper = {
    async write(file, firstPage, bytes) {
      const handle = await handleOf(file);
      handle.write(bytes, { at: firstPage * PAGE_BYTES });
      written.add(handle);
    },
    async create(first, count) {
      for (let file = first; file < first + count; file++) {
        const handle = await handleOf(file);
        handle.write(new Uint8Array(PAGE_BYTES).fill(1), { at: 0 });
        // More than some hundred open ones make the browser fail.
        handle.flush();
        handle.close();
        handles.delete(file);
      }
    },
    async read(file, firstPage, into) {
      (await handleOf(file)).read(into, { at: firstPage * PAGE_BYTES });
    },
    sync() {
      for (const handle of written) handle.flush();
      written.clear();
    },
    async leave() {
      for (const handle of handles.values()) handle.close();
    },
  };
  return { keeper, files };
}

async function removeFolder(): Promise<void> {
  const root = await navigator.storage.getDirectory();
  await root.getDirectoryHandle(NAME, { create: true });
  await root.removeEntry(NAME, { recursive: true });
}

self.onmessage = ({ data }: MessageEvent<VolumeTask>) => {
  measure(data).then(
    (times) => self.postMessage({ times }),
    (error: unknown) => self.postMessage({ failure: String(error) }),
  );
};
