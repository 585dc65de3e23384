import { type IDBPDatabase, openDB } from "idb";
import type { Instrumented } from "../instrument/index.ts";
import { INSTRUMENTER_VERSION } from "../instrument/index.ts";

const DATABASE = "lunatic-web-modules";
const STORE = "instrumented";
/** Oldest entries go when there are more. A module is some megabytes. */
const MAX_ENTRIES = 64;

interface CacheEntry {
  readonly key: string;
  readonly usedAt: number;
  readonly instrumented: Instrumented;
}

/**
 * Instrumented modules between visits, under the SHA-256 of the source bytes and the instrumenter's version.
 * A cache only: where IndexedDB is missing or full (private windows, quota), everything works without it, and the
 * reason is told once.
 */
export class ModuleCache {
  readonly #open: () => Promise<IDBPDatabase>;
  readonly #onUnusable: (reason: string) => void;
  #database: Promise<IDBPDatabase> | undefined;
  #isUsable = true;

  constructor(onUnusable: (reason: string) => void) {
    this.#onUnusable = onUnusable;
    this.#open = () =>
      openDB(DATABASE, 1, {
        upgrade(database) {
          database.createObjectStore(STORE, { keyPath: "key" }).createIndex("usedAt", "usedAt");
        },
      });
  }

  async get(key: string): Promise<Instrumented | undefined> {
    return this.#attempt(async (database) => {
      const entry = (await database.get(STORE, key)) as CacheEntry | undefined;
      if (entry !== undefined) await database.put(STORE, { ...entry, usedAt: Date.now() });
      return entry?.instrumented;
    });
  }

  async put(key: string, instrumented: Instrumented): Promise<void> {
    await this.#attempt(async (database) => {
      const entry: CacheEntry = { key, usedAt: Date.now(), instrumented };
      await database.put(STORE, entry);
      const surplus = (await database.count(STORE)) - MAX_ENTRIES;
      if (surplus <= 0) return;
      const oldest = await database.getAllKeysFromIndex(STORE, "usedAt", undefined, surplus);
      for (const each of oldest) await database.delete(STORE, each);
    });
  }

  async #attempt<T>(work: (database: IDBPDatabase) => Promise<T>): Promise<T | undefined> {
    if (!this.#isUsable) return undefined;
    try {
      this.#database ??= this.#open();
      return await work(await this.#database);
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      this.#isUsable = false;
      this.#onUnusable(`Modules are instrumented anew each time, the cache cannot be used: ${error.message}`);
      return undefined;
    }
  }
}

/** Key of a module in the cache: changes with the bytes and with what the instrumenter does to them. */
export async function cacheKey(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${INSTRUMENTER_VERSION}/${hex}`;
}
