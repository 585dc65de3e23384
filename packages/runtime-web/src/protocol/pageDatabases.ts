import type { DatabaseLink } from "./databaseLink.ts";

/** A value as sqlite has it. Whole numbers are exact: a bigint where a number would not be. */
export type DatabaseValue = null | number | bigint | string | Uint8Array;

/** A database of a runtime. */
export interface DatabaseSummary {
  /** Its absolute path, as processes open it. */
  readonly name: string;
  /** undefined: a process is writing to it, so that it cannot be read now. */
  readonly sizeBytes: number | undefined;
  /** Connections that processes have to it. */
  readonly connections: number;
}

/** What a query has found. */
export interface DatabaseRows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly DatabaseValue[])[];
  /** There are more rows than were asked for. */
  readonly hasMore: boolean;
}

/** Why something could not be done with a database. */
export type DatabaseErrorKind =
  /** There is none of this name. */
  | "missing"
  /** Processes have it open, or one holds a lock. */
  | "busy"
  /** The query writes, attaches, or asks for something else that a reader may not. */
  | "forbidden"
  /** The SQL is wrong, or does not fit the database. */
  | "sql"
  /** The query took too long. */
  | "timeout"
  /** The bytes are no database. */
  | "format"
  /** The databases cannot be used: another tab has them, or the browser gives no storage. */
  | "unavailable";

/** A failure on its way to the page, where it becomes a DatabaseError. */
export interface DatabaseFault {
  readonly kind: DatabaseErrorKind;
  readonly message: string;
}

export type DatabaseOutcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: DatabaseFault };

/** Where a runtime keeps its databases. */
export interface DatabasePlace {
  readonly isPersistent: boolean;
  /** Why they are not kept although that was asked for. */
  readonly note: string | undefined;
}

/** Calls of the page to the database worker; comlink carries them. */
export interface DatabaseService {
  /**
   * Once, before anything else.
   * @param persist name of the store that is kept; undefined: in memory
   * @param backing where to keep it instead of OPFS
   */
  start(
    persist: string | undefined,
    backing: "indexedDB" | undefined,
  ): Promise<DatabaseOutcome<DatabasePlace>>;
  /**
   * Lets go of all databases, for those that are kept under another name, or none yet, in memory. After a failure there are
   * none yet either, in memory.
   */
  change(
    persist: string | undefined,
    backing: "indexedDB" | undefined,
  ): Promise<DatabaseOutcome<DatabasePlace>>;
  /** Joins an executor. @param link its port is transferred */
  connect(executor: number, link: DatabaseLink): Promise<void>;
  executorLost(executor: number): Promise<void>;
  list(): Promise<DatabaseSummary[]>;
  query(
    name: string,
    sql: string,
    parameters: readonly DatabaseValue[] | Readonly<Record<string, DatabaseValue>>,
    maxRows: number,
  ): Promise<DatabaseOutcome<DatabaseRows>>;
  /** Replaces what the database held, for those too who have it open. */
  importDatabase(name: string, bytes: Uint8Array): Promise<DatabaseOutcome<undefined>>;
  exportDatabase(name: string): Promise<DatabaseOutcome<Uint8Array<ArrayBuffer>>>;
  remove(name: string): Promise<DatabaseOutcome<undefined>>;
  /** Rolls back what is open and gives the files back. */
  close(): Promise<void>;
}
