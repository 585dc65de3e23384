import { openVolume } from "../../disk/openVolume.ts";
import { hasSynchronousFiles } from "../../disk/opfsDevice.ts";
import type { DatabaseOutcome, DatabasePlace } from "../../protocol/pageDatabases.ts";
import { VolumeError } from "../../storage/volume/volume.ts";
import type { Sqlite } from "./library.ts";
import { MirroredStore } from "./mirroredStore.ts";
import { type DatabaseStore, MemoryStore, PoolStore } from "./store.ts";

/** The package knows a pool by its name, and would give the one of another directory for the same. */
let poolsOpened = 0;
/** A page that is loaded again comes before the one that it replaces has let go. */
const LOCK_PATIENCE_MS = 3000;
const POOL_NAME = "lunatic-web-databases";

export interface OpenedStore extends DatabasePlace {
  readonly store: DatabaseStore;
  /** Lets other tabs have the place, when the store is closed. */
  readonly release: () => void;
}

/**
 * The place of databases that are to be kept under a name: OPFS, IndexedDB where the browser has no OPFS, or memory where
 * that is not asked for or there is neither.
 * @param backing where to look instead
 */
export async function openStore(
  sqlite: Sqlite,
  persist: string | undefined,
  backing: "indexedDB" | undefined,
): Promise<DatabaseOutcome<OpenedStore>> {
  if (persist === undefined) return { ok: true, value: inMemory(sqlite, undefined) };
  if (navigator.locks === undefined) {
    const why = "this page is no secure context, which Web Locks need: databases end with the page";
    return { ok: true, value: inMemory(sqlite, why) };
  }
  if (backing === "indexedDB" || !(await hasSynchronousFiles())) return openMirrored(sqlite, persist);
  const release = await holdLock(`${POOL_NAME} ${persist}`);
  if (release === undefined) return taken(persist);
  try {
    const pool = await sqlite.static.installOpfsSAHPoolVfs({
      name: `${POOL_NAME}-${poolsOpened++}`,
      directory: `/${POOL_NAME}/${encodeURIComponent(persist)}`,
      // A failure may pass; what is stored must outlive it.
      preserveOnInitFailure: true,
    });
    const store = new PoolStore(sqlite, pool);
    return { ok: true, value: { store, isPersistent: true, note: undefined, release } };
  } catch (error) {
    release();
    // Whatever the browser refuses: no permission, a private window, no space.
    const why = error instanceof Error ? error.message : String(error);
    const note = `the browser gives no storage (${why}): databases end with the page`;
    return { ok: true, value: inMemory(sqlite, note) };
  }
}

/** @param note why they are not kept although that was asked for */
export function inMemory(sqlite: Sqlite, note: string | undefined): OpenedStore {
  return { store: new MemoryStore(sqlite), isPersistent: false, note, release: () => {} };
}

async function openMirrored(sqlite: Sqlite, persist: string): Promise<DatabaseOutcome<OpenedStore>> {
  try {
    const volume = await openVolume({ name: `${POOL_NAME} ${persist}`, backing: "indexedDB" });
    const store = await MirroredStore.open(sqlite, volume);
    return { ok: true, value: { store, isPersistent: true, note: undefined, release: () => {} } };
  } catch (error) {
    if (!(error instanceof VolumeError)) throw error;
    if (error.fault === "taken") return taken(persist);
    if (error.fault === "damaged")
      return { ok: false, fault: { kind: "unavailable", message: error.message } };
    const why = `the browser gives no storage (${error.message}): databases end with the page`;
    return { ok: true, value: inMemory(sqlite, why) };
  }
}

function taken(persist: string): DatabaseOutcome<OpenedStore> {
  const message =
    `another tab has the databases that are kept as ${JSON.stringify(persist)}: ` +
    "close it, or let this one keep its own under another name";
  return { ok: false, fault: { kind: "unavailable", message } };
}

/** @returns lets go of it, as the end of this worker does; undefined: another tab has it and keeps it */
function holdLock(name: string): Promise<(() => void) | undefined> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(LOCK_PATIENCE_MS);
    navigator.locks
      .request(name, { signal }, () => new Promise<void>((release) => resolve(release)))
      .catch((error: unknown) => {
        if (signal.aborted) resolve(undefined);
        else reject(error);
      });
  });
}
