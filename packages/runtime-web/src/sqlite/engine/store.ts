import { absolutePath } from "../../abi/databasePath.ts";
import { writeFailure } from "../../disk/failures.ts";
import { isNoSpace } from "../../storage/volume/volume.ts";
import { CODE, type Sqlite } from "./library.ts";
import { tellFull } from "./noSpace.ts";

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
  /** As `reserve`, for what a connection is about to attach; undefined: there is room. */
  reserveMore(): Promise<void> | undefined;
  paths(): string[];
  /** The database must not be open. */
  remove(path: string): void;
  /**
   * Makes last what has been written and synced, where a VFS cannot. Asked before each answer.
   * @returns undefined: it is done
   */
  settle?(): Promise<void> | undefined;
  /** Nothing is open any more. */
  close(): void | Promise<void>;
}

/** As natively; the package's own is 16 MB, for each of a thousand connections. */
export const CACHE = "PRAGMA cache_size=-2000;";

/** Databases that end with the runtime. */
export class MemoryStore implements DatabaseStore {
  readonly vfs: string;
  readonly setUp = CACHE;
  readonly isPersistent = false;
  readonly #sqlite: Sqlite;
  /** A connection for each: a database of this kind ends with its last one. */
  readonly #anchors = new Map<string, number>();

  constructor(sqlite: Sqlite) {
    this.#sqlite = sqlite;
    this.vfs = copyVfs(sqlite, "memdb");
    nameFiles(sqlite, this.vfs, (path) => {
      // What is attached is kept as what is opened is.
      this.#anchor(path);
      return path;
    });
    makeDefault(sqlite, this.vfs);
  }

  /** @throws Error there is no memory for it */
  async reserve(path: string): Promise<void> {
    this.#anchor(path);
  }

  reserveMore(): undefined {
    return undefined;
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

  #anchor(path: string): void {
    if (this.#anchors.has(path)) return;
    // Opening it asks for its name.
    this.#anchors.set(path, 0);
    const opened = this.#sqlite.open(path, this.vfs);
    if (!("db" in opened)) {
      this.#anchors.delete(path);
      throw new Error(opened.message);
    }
    this.#anchors.set(path, opened.db);
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
/** What the pool's names, which are those of addresses, cannot hold or would take as something else. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: addresses lose them
const NO_NAME = /[\x00-\x20%?#\\]/g;
export const COMPANION = /-(journal|wal|mj[0-9A-F]+)$/;

/** Databases in the browser's private file system, of one tab at a time. */
export class PoolStore implements DatabaseStore {
  readonly vfs: string;
  /**
   * A journal that is kept is not made anew for each transaction, and one that is overwritten takes the disk less time to
   * flush than one that is cut off and grows again. What a large transaction has made of it is given back.
   */
  readonly setUp = `${CACHE} PRAGMA journal_mode=PERSIST; PRAGMA journal_size_limit=1048576;`;
  readonly isPersistent = true;
  readonly #pool: FilePool;
  #halfMade = 0;

  constructor(sqlite: Sqlite, pool: FilePool) {
    this.#pool = pool;
    this.vfs = pool.vfsName;
    nameFiles(sqlite, this.vfs, toPoolName);
    tellFull(sqlite, this.vfs);
    makeDefault(sqlite, this.vfs);
  }

  /** @throws VolumeError `noSpace` for a new one; what is there can be read without more files */
  async reserve(path: string): Promise<void> {
    const isNew = !this.paths().includes(path);
    if (this.#hasRoom(isNew ? FILES_PER_DATABASE : FILES_PER_DATABASE - 1)) return;
    try {
      await this.#addFiles();
    } catch (error) {
      if (isNew || !isNoSpace(error)) throw error;
    }
  }

  reserveMore(): Promise<void> | undefined {
    return this.#hasRoom(2 * FILES_PER_DATABASE) ? undefined : this.#addFiles();
  }

  paths(): string[] {
    return this.#pool
      .getFileNames()
      .filter((name) => !COMPANION.test(name))
      .map(fromPoolName);
  }

  remove(path: string): void {
    this.#pool.unlink(toPoolName(path));
    this.#pool.unlink(`${toPoolName(path)}-journal`);
  }

  /** Gives the files back, so that another tab can have them at once. */
  close(): void {
    this.#pool.pauseVfs();
  }

  #hasRoom(files: number): boolean {
    return this.#pool.getCapacity() - this.#halfMade - this.#pool.getFileCount() >= files;
  }

  async #addFiles(): Promise<void> {
    try {
      await this.#pool.addCapacity(CAPACITY_STEP);
    } catch (error) {
      // The pool counts one that it could not finish, and never gives it to anybody.
      this.#halfMade++;
      const failure = writeFailure(error);
      throw isNoSpace(failure) ? failure : error;
    }
  }
}

function toPoolName(path: string): string {
  return path.replace(NO_NAME, encodeURIComponent);
}

function fromPoolName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch (error) {
    // An earlier version kept a "%" as it was.
    if (error instanceof URIError) return name;
    throw error;
  }
}

let copies = 0;

/** A place of files like one of the engine's own, whose functions may be changed. @returns its name */
function copyVfs({ static: { capi, wasm } }: Sqlite, name: string): string {
  const copy = new capi.sqlite3_vfs();
  const original = capi.sqlite3_vfs_find(name);
  const bytes = (copy as unknown as { structInfo: { sizeof: number } }).structInfo.sizeof;
  wasm.heap8u().copyWithin(copy.pointer, original, original + bytes);
  const copyName = `lunatic-web-${name}-${++copies}`;
  (copy as unknown as { $zName: number }).$zName = wasm.allocCString(copyName, false);
  capi.sqlite3_vfs_register(copy.pointer, 0);
  return copyName;
}

/**
 * Files are found by the absolute path of what a statement calls them: `ATTACH 'a.db'` and `open("a.db")` are the same.
 * @param toName may throw where there is no memory, which sqlite is told as a file that it cannot open
 */
export function nameFiles(
  { static: { capi, wasm } }: Sqlite,
  vfs: string,
  toName: (path: string) => string,
): void {
  const found = new capi.sqlite3_vfs(capi.sqlite3_vfs_find(vfs));
  const fullName = (_: number, name: number, room: number, out: number): number => {
    let bytes: Uint8Array;
    try {
      bytes = new TextEncoder().encode(toName(absolutePath(wasm.cstrToJs(name) ?? "")));
    } catch {
      return CODE.cantOpen;
    }
    if (bytes.length >= room) return CODE.cantOpen;
    wasm.heap8u().set(bytes, out);
    wasm.poke8(out + bytes.length, 0);
    return CODE.ok;
  };
  (found as unknown as { $xFullPathname: number }).$xFullPathname = wasm.installFunction("i(ppip)", fullName);
}

/** What a connection attaches is found where its own database is. */
export function makeDefault({ static: { capi } }: Sqlite, vfs: string): void {
  capi.sqlite3_vfs_register(capi.sqlite3_vfs_find(vfs), 1);
}
