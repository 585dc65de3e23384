import { type DBSchema, type IDBPDatabase, openDB } from "idb";

/** A project as it lies in the browser's storage. */
export interface SavedProject {
  /** The name of its program. */
  readonly id: string;
  readonly files: readonly (readonly [string, string])[];
  readonly entry: string;
  /** The file in front. */
  readonly active: string;
  /** Of a visitor's own project: all that makes a program of it. An edited example has the rest on the page. */
  readonly own?: OwnProject;
}

export interface OwnProject {
  readonly title: string;
  readonly description: string;
  readonly args: readonly string[];
  /** Missing in what was saved before it could be shared. */
  readonly env?: Readonly<Record<string, string>>;
  /** What `reset` leads back to. */
  readonly base: { readonly files: readonly (readonly [string, string])[]; readonly entry: string };
}

/** Where edited projects outlive the page. Every method rejects where the browser keeps no data for the page. */
export interface ProjectStore {
  load(id: string): Promise<SavedProject | undefined>;
  /** The visitor's own projects. */
  listOwn(): Promise<SavedProject[]>;
  save(project: SavedProject): Promise<void>;
  remove(id: string): Promise<void>;
}

interface Schema extends DBSchema {
  projects: { key: string; value: SavedProject };
}

const DATABASE = "lunatic-playground";

/** The store in IndexedDB, opened at first use. */
export function createProjectStore(): ProjectStore {
  let opened: Promise<IDBPDatabase<Schema>> | undefined;
  const database = () => {
    opened ??= openDB<Schema>(DATABASE, 1, {
      upgrade(fresh) {
        fresh.createObjectStore("projects", { keyPath: "id" });
      },
    });
    return opened;
  };
  return {
    load: async (id) => (await database()).get("projects", id),
    listOwn: async () => (await (await database()).getAll("projects")).filter(({ own }) => own !== undefined),
    save: async (project) => {
      await (await database()).put("projects", project);
    },
    remove: async (id) => (await database()).delete("projects", id),
  };
}
