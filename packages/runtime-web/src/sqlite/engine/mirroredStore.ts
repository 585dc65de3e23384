import { isNoSpace, PAGE_BYTES, type Volume } from "../../storage/volume/volume.ts";
import type { Sqlite } from "./library.ts";
import { MirroredFiles } from "./mirroredFiles.ts";
import { installMirroredVfs, type MirrorKeeper } from "./mirroredVfs.ts";
import { CACHE, COMPANION, type DatabaseStore, makeDefault, nameFiles } from "./store.ts";

/** Each has a VFS of its own: sqlite finds the first one of a name. */
let storesOpened = 0;
/** After which what did not fit is tried again. */
const RETRY_MS = 1000;

/** Databases where the browser has only IndexedDB: in memory, and mirrored to a volume before anything is answered. */
export class MirroredStore implements DatabaseStore, MirrorKeeper {
  readonly vfs: string;
  /** What is cut off from a journal before the answer need not be mirrored. */
  readonly setUp = `${CACHE} PRAGMA journal_mode=TRUNCATE;`;
  readonly isPersistent = true;
  readonly files: MirroredFiles;
  readonly #volume: Volume;
  #isSyncWanted = false;
  /** The volume had no room for what is only in memory by now. */
  #isOwed = false;
  #last: Promise<void> | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;

  private constructor(volume: Volume, files: MirroredFiles, vfs: string) {
    this.#volume = volume;
    this.files = files;
    this.vfs = vfs;
  }

  /** @throws VolumeError a database that is kept is damaged */
  static async open(sqlite: Sqlite, volume: Volume): Promise<MirroredStore> {
    const { inodes, entries, nextInode } = volume.contents;
    const nextCookie = entries.reduce((most, { cookie }) => Math.max(most, cookie + 1), 0);
    const vfs = `lunatic-web-mirrored-${storesOpened++}`;
    const files = new MirroredFiles(nextInode, nextCookie);
    const sizes = new Map(inodes.map(({ number, sizeBytes }) => [number, sizeBytes]));
    for (const { name, inode } of entries) {
      const sizeBytes = sizes.get(inode) ?? 0;
      const content = new Uint8Array(Math.ceil(sizeBytes / PAGE_BYTES) * PAGE_BYTES);
      await volume.readPages(inode, 0, content);
      files.load(name, inode, content.slice(0, sizeBytes));
    }
    const store = new MirroredStore(volume, files, vfs);
    installMirroredVfs(sqlite, vfs, store);
    nameFiles(sqlite, vfs, (path) => path);
    makeDefault(sqlite, vfs);
    return store;
  }

  hasRoom(bytes: number): boolean {
    const { usedBytes, capacityBytes } = this.#volume.usage();
    return !this.#isOwed && usedBytes + this.files.changedBytes + bytes <= capacityBytes;
  }

  wantSync(): void {
    this.#isSyncWanted = true;
  }

  /** @throws VolumeError it is in memory only, and tried again */
  settle(): Promise<void> | undefined {
    // Who only reads sees nothing that a crash could take back, but need not hear why it could not be kept.
    if (!this.#isSyncWanted) return this.#last?.catch(() => undefined);
    this.#isSyncWanted = false;
    const before = this.#last ?? Promise.resolve();
    const own = before.catch(() => undefined).then(() => this.#keep());
    this.#last = own;
    const end = () => {
      if (this.#last === own) this.#last = undefined;
    };
    own.then(end, end);
    return own;
  }

  async reserve(): Promise<void> {}

  reserveMore(): undefined {
    return undefined;
  }

  paths(): string[] {
    return this.files.paths.filter((path) => !COMPANION.test(path));
  }

  remove(path: string): void {
    this.files.delete(path);
    this.files.delete(`${path}-journal`);
    this.wantSync();
  }

  async close(): Promise<void> {
    clearTimeout(this.#retry);
    this.wantSync();
    try {
      await this.settle();
    } finally {
      await this.#volume.close();
    }
  }

  async #keep(): Promise<void> {
    const taken = this.files.take();
    if (taken === undefined) return;
    try {
      await this.#volume.commit(taken.batch);
    } catch (error) {
      taken.putBack();
      this.#isOwed = true;
      if (isNoSpace(error)) this.#tryLater();
      throw error;
    }
    taken.confirm();
    this.#isOwed = false;
    await this.#volume.sync();
  }

  #tryLater(): void {
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => {
      this.wantSync();
      // It was told to who wrote it, and is tried again.
      this.settle()?.catch(() => undefined);
    }, RETRY_MS);
  }
}
