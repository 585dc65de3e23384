import type { Sqlite } from "./library.ts";

/** Where the databases of a runtime are. */
export interface DatabaseStore {
  /** The name under which sqlite knows it. */
  readonly vfs: string;
  /** SQL that every connection runs first. */
  readonly setUp: string;
  /** Whether they are there when the page comes again. */
  readonly isPersistent: boolean;
  /** Makes room for another connection to the database, and for the files that it needs while it writes. */
  reserve(path: string): Promise<void>;
  paths(): string[];
  /** The database must not be open. */
  remove(path: string): void;
  /** Nothing is open any more. */
  close(): void;
}

/** As natively; the package's own is 16 MB, for each of a thousand connections. */
const CACHE = "PRAGMA cache_size=-2000;";

/** Databases that end with the runtime. */
export class MemoryStore implements DatabaseStore {
  readonly vfs = "memdb";
  readonly setUp = CACHE;
  readonly isPersistent = false;
  readonly #sqlite: Sqlite;
  /** A connection for each: a database of this kind ends with its last one. */
  readonly #anchors = new Map<string, number>();

  constructor(sqlite: Sqlite) {
    this.#sqlite = sqlite;
    makeDefault(sqlite, this.vfs);
  }

  /** @throws Error there is no memory for it */
  async reserve(path: string): Promise<void> {
    if (this.#anchors.has(path)) return;
    const opened = this.#sqlite.open(path, this.vfs);
    if (!("db" in opened)) throw new Error(opened.message);
    this.#anchors.set(path, opened.db);
  }

  paths(): string[] {
    return [...this.#anchors.keys()];
  }

  remove(path: string): void {
    this.#sqlite.functions.sqlite3_close_v2(this.#anchors.get(path) ?? 0);
    this.#anchors.delete(path);
  }

  close(): void {
    for (const path of this.paths()) this.remove(path);
  }
}

/** What of the package's pool of OPFS files is used here. */
interface FilePool {
  readonly vfsName: string;
  getFileNames(): string[];
  getFileCount(): number;
  getCapacity(): number;
  addCapacity(count: number): Promise<number>;
  unlink(name: string): boolean;
  pauseVfs(): unknown;
}

/** A database, its journal, and the journal of a transaction over several databases. */
const FILES_PER_DATABASE = 3;
/** Each is an open file of the browser's, and takes some milliseconds to make. */
const CAPACITY_STEP = 6;
const COMPANION = /-(journal|wal|mj[0-9A-F]+)$/;

/** Databases in the browser's private file system, of one tab at a time. */
export class PoolStore implements DatabaseStore {
  readonly vfs: string;
  /** A journal that is kept is not made anew for each transaction; what sqlite does else is written to memory. */
  readonly setUp = `${CACHE} PRAGMA journal_mode=TRUNCATE;`;
  readonly isPersistent = true;
  readonly #pool: FilePool;

  constructor(sqlite: Sqlite, pool: FilePool) {
    this.#pool = pool;
    this.vfs = pool.vfsName;
    makeDefault(sqlite, this.vfs);
  }

  async reserve(path: string): Promise<void> {
    const isNew = !this.#pool.getFileNames().includes(path);
    const needed = isNew ? FILES_PER_DATABASE : FILES_PER_DATABASE - 1;
    if (this.#pool.getCapacity() - this.#pool.getFileCount() < needed)
      await this.#pool.addCapacity(CAPACITY_STEP);
  }

  paths(): string[] {
    return this.#pool.getFileNames().filter((name) => !COMPANION.test(name));
  }

  remove(path: string): void {
    this.#pool.unlink(path);
    this.#pool.unlink(`${path}-journal`);
  }

  /** Gives the files back, so that another tab can have them at once. */
  close(): void {
    this.#pool.pauseVfs();
  }
}

/** What a connection attaches is found where its own database is. */
function makeDefault({ static: { capi } }: Sqlite, vfs: string): void {
  capi.sqlite3_vfs_register(capi.sqlite3_vfs_find(vfs), 1);
}
