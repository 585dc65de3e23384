import { type DBSchema, type IDBPDatabase, openDB } from "idb";

/** What a visitor has reached in one lesson. */
export interface SavedProgress {
  readonly lesson: string;
  /** Ids of goals. */
  readonly reached: readonly string[];
  /** All goals that the lesson had then. */
  readonly isDone: boolean;
}

/** Where progress outlives the page. Every method rejects where the browser keeps no data for the page. */
export interface ProgressStore {
  list(): Promise<SavedProgress[]>;
  save(progress: SavedProgress): Promise<void>;
  remove(lesson: string): Promise<void>;
  clear(): Promise<void>;
}

interface Schema extends DBSchema {
  progress: { key: string; value: SavedProgress };
}

/** Apart from the edited projects: neither has to wait for a change in the form of the other. */
const DATABASE = "lunatic-lessons";

/** The store in IndexedDB, opened at first use. */
export function createProgressStore(): ProgressStore {
  let opened: Promise<IDBPDatabase<Schema>> | undefined;
  const database = () => {
    opened ??= openDB<Schema>(DATABASE, 1, {
      upgrade(fresh) {
        fresh.createObjectStore("progress", { keyPath: "lesson" });
      },
    });
    return opened;
  };
  return {
    list: async () => (await database()).getAll("progress"),
    save: async (progress) => {
      await (await database()).put("progress", progress);
    },
    remove: async (lesson) => (await database()).delete("progress", lesson),
    clear: async () => (await database()).clear("progress"),
  };
}
