import {
  DatabaseError,
  type Databases,
  type DatabaseValue,
  type RuntimeFiles,
  StorageError,
} from "@lunatic-web/runtime";

/** What a query has found, value by value. */
export type WatchedRows = readonly (readonly DatabaseValue[])[];

/** What a run's check sees of what its runtime keeps. In both, `end` counts the ends of processes: what was found before the last one is not told any more. */
export interface StorageView {
  /** What a query finds. */
  rows(database: string, sql: string, end: number): WatchedRows | undefined;
  /** What is in a file. */
  text(path: string, end: number): string | undefined;
}

/** Where a look looks. */
export interface WatchedStorage {
  readonly databases: Pick<Databases, "query">;
  readonly files: Pick<RuntimeFiles, "readText">;
}

/** Between two looks: what is kept is there for the program in the first place. */
const PAUSE_MS = 100;

/** Asks again and again what a check has once asked for, as long as there is something new. */
export class StorageLook implements StorageView {
  readonly #storage: () => Promise<WatchedStorage>;
  readonly #onFound: () => void;
  readonly #queries = new Questions<WatchedRows>();
  readonly #files = new Questions<string>();
  #end = 0;
  #isAsking = false;
  #asksAgain = false;
  #isClosed = false;

  /** @param onFound called when all questions have been asked */
  constructor(storage: () => Promise<WatchedStorage>, onFound: () => void) {
    this.#storage = storage;
    this.#onFound = onFound;
  }

  rows(database: string, sql: string, end: number): WatchedRows | undefined {
    const key = JSON.stringify([database, sql]);
    if (this.#queries.add(key, ({ databases }) => find(databases, database, sql))) this.#asksAgain = true;
    return this.#queries.answer(key, end);
  }

  text(path: string, end: number): string | undefined {
    // Also when nothing more happens: a check may ask for one thing only after it knows another.
    if (this.#files.add(path, ({ files }) => read(files, path))) this.#asksAgain = true;
    return this.#files.answer(path, end);
  }

  /** Something has happened, after which there may be something else. */
  refresh(end: number): void {
    this.#end = end;
    this.#asksAgain = true;
    if (!this.#isAsking && this.#queries.count + this.#files.count > 0) void this.#ask();
  }

  close(): void {
    this.#isClosed = true;
  }

  async #ask(): Promise<void> {
    this.#isAsking = true;
    while (this.#asksAgain && !this.#isClosed) {
      this.#asksAgain = false;
      const end = this.#end;
      const storage = await this.#storage();
      await this.#queries.ask(storage, end);
      await this.#files.ask(storage, end);
      if (!this.#isClosed) this.#onFound();
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    this.#isAsking = false;
  }
}

interface Question<T> {
  readonly ask: (storage: WatchedStorage) => Promise<T | undefined>;
  answer: T | undefined;
  /** Ends of processes before it was asked last; -1: it was not asked yet. */
  end: number;
}

/** Questions of one kind, by what they ask for. */
class Questions<T> {
  readonly #asked = new Map<string, Question<T>>();

  get count(): number {
    return this.#asked.size;
  }

  /** @returns whether it is new */
  add(key: string, ask: Question<T>["ask"]): boolean {
    if (this.#asked.has(key)) return false;
    this.#asked.set(key, { ask, answer: undefined, end: -1 });
    return true;
  }

  /** What was found after so many ends. */
  answer(key: string, end: number): T | undefined {
    const question = this.#asked.get(key);
    return question?.end === end ? question.answer : undefined;
  }

  async ask(storage: WatchedStorage, end: number): Promise<void> {
    for (const question of this.#asked.values()) {
      question.answer = await question.ask(storage);
      question.end = end;
    }
  }
}

/** @returns undefined: there is no such database or table, or not yet; or a process does not let go of its lock */
async function find(
  databases: Pick<Databases, "query">,
  database: string,
  sql: string,
): Promise<WatchedRows | undefined> {
  try {
    return (await databases.query(database, sql)).rows;
  } catch (error) {
    if (error instanceof DatabaseError) return undefined;
    throw error;
  }
}

/** @returns undefined: there is no such file, or not yet */
async function read(files: Pick<RuntimeFiles, "readText">, path: string): Promise<string | undefined> {
  try {
    return await files.readText(path);
  } catch (error) {
    if (error instanceof StorageError) return undefined;
    throw error;
  }
}
