import type {
  DatabaseErrorKind,
  DatabasePlace,
  DatabaseRows,
  DatabaseSummary,
  DatabaseValue,
} from "../protocol/pageDatabases.ts";

export type { DatabaseErrorKind, DatabasePlace, DatabaseRows, DatabaseSummary, DatabaseValue };

/**
 * The databases that processes have opened by `lunatic::sqlite`, and those that are kept from earlier. The page may look
 * into them while processes use them; it waits for their locks as they do for each other's. Private ones (":memory:" and
 * the empty path) are not among them.
 */
export interface Databases {
  /**
   * All of them, by name.
   * @throws DatabaseError "unavailable": another tab has those that are kept under this name
   * @example
   * for (const { name, sizeBytes, connections } of await runtime.databases.list()) {
   *   console.log(name, sizeBytes, connections);
   * }
   */
  list(): Promise<readonly DatabaseSummary[]>;
  /**
   * Reads. The connection may do nothing else: it writes nothing, attaches nothing, changes no setting, and ends after two
   * seconds.
   * @param parameters  for question marks in their order, or by name
   * @param options.maxRows  more are left out. Default 10,000
   * @throws DatabaseError missing, busy, forbidden, sql, timeout, unavailable
   * @throws RangeError maxRows is no whole number
   * @example
   * for (const { name } of await runtime.databases.list()) {
   *   const { columns, rows } = await runtime.databases.query(name, "select ? as answer", [42]);
   *   console.log(columns, rows); // ["answer"] [[42]]
   * }
   */
  query(
    name: string,
    sql: string,
    parameters?: readonly DatabaseValue[] | Readonly<Record<string, DatabaseValue>>,
    options?: { maxRows?: number },
  ): Promise<DatabaseRows>;
  /**
   * Makes a database from a file of sqlite's, or replaces the content of one, also for processes that have it open.
   * @throws DatabaseError format, busy, unavailable
   * @example
   * for (const { name } of await runtime.databases.list()) {
   *   await runtime.databases.import(`/copies${name}`, await runtime.databases.download(name));
   * }
   */
  import(name: string, bytes: Uint8Array | ArrayBuffer | Blob): Promise<void>;
  /**
   * A database as a file of sqlite's, with what is committed.
   * @throws DatabaseError missing, busy, unavailable
   * @example
   * for (const { name } of await runtime.databases.list()) {
   *   const bytes = await runtime.databases.download(name);
   *   console.log(new TextDecoder().decode(bytes.subarray(0, 15))); // SQLite format 3
   * }
   */
  download(name: string): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * Deletes a database that no process has open.
   * @throws DatabaseError missing, busy, unavailable
   */
  remove(name: string): Promise<void>;
  /**
   * Where they are, and why they are not kept if that was asked for.
   * @throws DatabaseError unavailable
   */
  place(): Promise<DatabasePlace>;
}
