import { DatabaseError, type Databases, type DatabaseValue } from "@lunatic-web/runtime";

/** What a query has found, value by value. */
export type WatchedRows = readonly (readonly DatabaseValue[])[];

/** What a run's check sees of databases. */
export interface DatabaseView {
  /** @param end counts the ends of processes: what was found before the last one is not told any more */
  rows(database: string, sql: string, end: number): WatchedRows | undefined;
}

/** Of the same questions: a database is for the program in the first place. */
const PAUSE_MS = 100;

interface Question {
  readonly database: string;
  readonly sql: string;
  rows: WatchedRows | undefined;
  end: number;
}

/** Asks again and again what a check has once asked for, as long as there is something new. */
export class DatabaseLook implements DatabaseView {
  readonly #databases: () => Promise<Pick<Databases, "query">>;
  readonly #onFound: () => void;
  readonly #questions = new Map<string, Question>();
  #end = 0;
  #isAsking = false;
  #asksAgain = false;
  #isClosed = false;

  /** @param onFound called when all questions have been asked */
  constructor(databases: () => Promise<Pick<Databases, "query">>, onFound: () => void) {
    this.#databases = databases;
    this.#onFound = onFound;
  }

  rows(database: string, sql: string, end: number): WatchedRows | undefined {
    const key = JSON.stringify([database, sql]);
    const question = this.#questions.get(key);
    if (question === undefined) this.#questions.set(key, { database, sql, rows: undefined, end: -1 });
    return question?.end === end ? question.rows : undefined;
  }

  /** Something has happened, after which databases may hold something else. */
  refresh(end: number): void {
    this.#end = end;
    this.#asksAgain = true;
    if (!this.#isAsking && this.#questions.size > 0) void this.#ask();
  }

  close(): void {
    this.#isClosed = true;
  }

  async #ask(): Promise<void> {
    this.#isAsking = true;
    while (this.#asksAgain && !this.#isClosed) {
      this.#asksAgain = false;
      const end = this.#end;
      const databases = await this.#databases();
      for (const question of this.#questions.values()) {
        question.rows = await find(databases, question);
        question.end = end;
      }
      if (!this.#isClosed) this.#onFound();
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    this.#isAsking = false;
  }
}

/** @returns undefined: there is no such database or table, or not yet; or a process does not let go of its lock */
async function find(
  databases: Pick<Databases, "query">,
  { database, sql }: Question,
): Promise<WatchedRows | undefined> {
  try {
    return (await databases.query(database, sql)).rows;
  } catch (error) {
    if (error instanceof DatabaseError) return undefined;
    throw error;
  }
}
