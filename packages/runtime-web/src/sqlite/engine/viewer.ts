import { absolutePath } from "../../abi/databasePath.ts";
import type {
  DatabaseErrorKind,
  DatabaseOutcome,
  DatabaseRows,
  DatabaseSummary,
  DatabaseValue,
} from "../../protocol/pageDatabases.ts";
import { isNoSpace } from "../../storage/volume/volume.ts";
import { CODE, type Sqlite, TRANSIENT, TYPE } from "./library.ts";
import type { DatabaseServer } from "./server.ts";

/** Of the engine's time, after which a query of a viewer is interrupted: processes want some of it. */
const LONGEST_QUERY_MS = 2000;
/** How often a lock is tried for, and how long between: a process that writes commits soon, or holds it for long. */
const LOCK_TRIES = 40;
const LOCK_PAUSE_MS = 50;
const DATABASE_HEADER = "SQLite format 3\0";
/** Where a file says how large its pages are: the high byte first, and 1 for 65,536. */
const PAGE_SIZE_AT = 16;
/** Where a file says which journal it needs to be written and read, and the value for none that is ahead. */
const VERSIONS_AT = 18;
const ROLLBACK_JOURNAL = 1;

export type Parameters = readonly DatabaseValue[] | Readonly<Record<string, DatabaseValue>>;

class Fault extends Error {
  readonly kind: DatabaseErrorKind;

  constructor(kind: DatabaseErrorKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

/** What the page may do with databases that belong to processes. It takes part in their locks like a process. */
export class DatabaseViewer {
  readonly #server: DatabaseServer;
  readonly #sqlite: Sqlite;
  /** How many connections it has itself, by path: a query may take long. */
  readonly #open = new Map<string, number>();

  constructor(server: DatabaseServer) {
    this.#server = server;
    this.#sqlite = server.sqlite;
  }

  async list(): Promise<DatabaseSummary[]> {
    const { store } = this.#server;
    const summaries: DatabaseSummary[] = [];
    for (const name of store.paths().sort()) {
      const sizeBytes = await this.#withConnection(name, (db) =>
        this.#sqlite.number(db, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"),
      );
      summaries.push({ name, sizeBytes, connections: this.#server.connectionsTo(name) });
    }
    return summaries;
  }

  query(
    name: string,
    sql: string,
    parameters: Parameters,
    maxRows: number,
  ): Promise<DatabaseOutcome<DatabaseRows>> {
    return settle(this.#sqlite, async () =>
      this.#patiently(this.#find(name), (db) => {
        this.#server.authorizer.rule(db, "reader");
        return this.#query(db, sql, parameters, maxRows);
      }),
    );
  }

  exportDatabase(name: string): Promise<DatabaseOutcome<Uint8Array<ArrayBuffer>>> {
    const { capi } = this.#sqlite.static;
    return settle(this.#sqlite, async () =>
      this.#patiently(this.#find(name), (db) => {
        // A lock for the whole copy: what another connection is writing is not half in it.
        this.#check(db, this.#sqlite.run(db, "BEGIN; SELECT count(*) FROM sqlite_schema"));
        return capi.sqlite3_js_db_export(db).slice();
      }),
    );
  }

  importDatabase(name: string, bytes: Uint8Array): Promise<DatabaseOutcome<undefined>> {
    return settle(this.#sqlite, async () => {
      const path = requireName(name);
      const source = this.#deserialize(bytes);
      try {
        await this.#requireWhole(source);
        await this.#server.store.reserve(path);
        await this.#patiently(path, (db) => this.#copy(source, db));
      } finally {
        this.#sqlite.functions.sqlite3_close_v2(source);
      }
      await this.#keep();
      return undefined;
    });
  }

  remove(name: string): Promise<DatabaseOutcome<undefined>> {
    return settle(this.#sqlite, async () => {
      const path = this.#find(name);
      const connections = this.#server.connectionsTo(path);
      if (connections > 0) {
        throw new Fault("busy", `${path} is open in ${connections} connections: end their processes first`);
      }
      if (this.#open.has(path)) throw new Fault("busy", `a query of ${path} has not ended yet`);
      this.#server.store.remove(path);
      await this.#keep();
      return undefined;
    });
  }

  async #keep(): Promise<void> {
    try {
      await this.#server.store.settle?.();
    } catch (error) {
      throw new Fault("unavailable", error instanceof Error ? error.message : String(error));
    }
  }

  /** Tries again while a process holds a lock. @throws Fault */
  async #patiently<T>(path: string, work: (db: number) => T | Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.#withConnection(path, work);
      } catch (error) {
        if (!(error instanceof Fault) || error.kind !== "busy" || tries === LOCK_TRIES) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, LOCK_PAUSE_MS));
    }
  }

  async #withConnection<T>(path: string, work: (db: number) => T | Promise<T>): Promise<T> {
    const { store, authorizer } = this.#server;
    await store.reserve(path);
    const opened = this.#sqlite.open(path, store.vfs);
    if (!("db" in opened)) throw new Fault("unavailable", opened.message);
    const others = this.#open.get(path) ?? 0;
    this.#open.set(path, others + 1);
    try {
      return await work(opened.db);
    } finally {
      authorizer.forget(opened.db);
      this.#sqlite.functions.sqlite3_close_v2(opened.db);
      const left = this.#open.get(path)! - 1;
      if (left > 0) this.#open.set(path, left);
      else this.#open.delete(path);
      // Who writes has waited for a query that took long.
      this.#server.lockReleased(path);
    }
  }

  #find(name: string): string {
    const path = absolutePath(name);
    if (!this.#server.store.paths().includes(path)) {
      throw new Fault("missing", `there is no database ${JSON.stringify(name)}`);
    }
    return path;
  }

  async #query(db: number, sql: string, parameters: Parameters, maxRows: number): Promise<DatabaseRows> {
    const { functions } = this.#sqlite;
    const { steps } = this.#server;
    if (sql.includes("\0")) throw new Fault("sql", "the SQL has a NUL in it");
    steps.watch(db);
    steps.beginUnsliced();
    const statement = this.#sqlite.withText(sql, (at) => {
      const prepared = this.#sqlite.prepare(db, at);
      this.#check(db, prepared.code);
      if (prepared.statement === 0) throw new Fault("sql", "there is no statement");
      if (this.#isEmpty(db, prepared.tail)) return prepared.statement;
      functions.sqlite3_finalize(prepared.statement);
      throw new Fault("sql", "only one statement at a time");
    });
    try {
      this.#bind(db, statement, parameters);
      const columns = Array.from({ length: functions.sqlite3_column_count(statement) }, (_, index) =>
        this.#sqlite.text(functions.sqlite3_column_name(statement, index)),
      );
      const rows: DatabaseValue[][] = [];
      const onRow = (): boolean => {
        if (rows.length === maxRows) return false;
        rows.push(columns.map((_, index) => this.#value(statement, index)));
        return true;
      };
      const code = await steps.run(statement, onRow, LONGEST_QUERY_MS);
      if (code !== CODE.done && code !== CODE.row) this.#check(db, code);
      return { columns, rows, hasMore: code === CODE.row };
    } finally {
      functions.sqlite3_finalize(statement);
    }
  }

  /** Whether there are only comments and semicolons in the rest of some SQL. */
  #isEmpty(db: number, tail: number): boolean {
    for (let at = tail; this.#sqlite.heap[at] !== 0; ) {
      const { code, statement, tail: rest } = this.#sqlite.prepare(db, at);
      this.#sqlite.functions.sqlite3_finalize(statement);
      if (code !== CODE.ok || statement !== 0) return false;
      at = rest;
    }
    return true;
  }

  #bind(db: number, statement: number, parameters: Parameters): void {
    const { functions } = this.#sqlite;
    const count = functions.sqlite3_bind_parameter_count(statement);
    if (Array.isArray(parameters) && parameters.length !== count) {
      throw new Fault("sql", `the statement has ${count} parameters, and ${parameters.length} were given`);
    }
    const named = parameters as Readonly<Record<string, DatabaseValue>>;
    for (let index = 1; index <= count; index++) {
      const name = this.#sqlite.text(functions.sqlite3_bind_parameter_name(statement, index));
      const value = Array.isArray(parameters)
        ? (parameters[index - 1] as DatabaseValue)
        : (named[name] ?? named[name.slice(1)]);
      if (value === undefined) throw new Fault("sql", `the parameter ${name || index} was not given`);
      this.#check(db, this.#bindOne(statement, index, value));
    }
  }

  #bindOne(statement: number, index: number, value: DatabaseValue): number {
    const { functions, heap } = this.#sqlite;
    if (value === null) return functions.sqlite3_bind_null(statement, index);
    if (typeof value === "bigint") return functions.sqlite3_bind_int64(statement, index, value);
    if (typeof value === "number") {
      return Number.isSafeInteger(value)
        ? functions.sqlite3_bind_int64(statement, index, BigInt(value))
        : functions.sqlite3_bind_double(statement, index, value);
    }
    if (typeof value === "string") {
      return this.#sqlite.withText(value, (at) =>
        functions.sqlite3_bind_text(statement, index, at, -1, TRANSIENT),
      );
    }
    const at = functions.malloc(Math.max(value.length, 1));
    heap.set(value, at);
    const code = functions.sqlite3_bind_blob(statement, index, at, value.length, TRANSIENT);
    functions.free(at);
    return code;
  }

  #value(statement: number, index: number): DatabaseValue {
    const { functions } = this.#sqlite;
    switch (functions.sqlite3_column_type(statement, index)) {
      case TYPE.integer: {
        const exact = functions.sqlite3_column_int64(statement, index);
        const number = Number(exact);
        return Number.isSafeInteger(number) ? number : exact;
      }
      case TYPE.float:
        return functions.sqlite3_column_double(statement, index);
      case TYPE.text: {
        const at = functions.sqlite3_column_text(statement, index);
        const bytes = functions.sqlite3_column_bytes(statement, index);
        return new TextDecoder("utf-8", { ignoreBOM: true }).decode(this.#sqlite.heap.slice(at, at + bytes));
      }
      case TYPE.blob: {
        const at = functions.sqlite3_column_blob(statement, index);
        return this.#sqlite.heap.slice(at, at + functions.sqlite3_column_bytes(statement, index));
      }
      default:
        return null;
    }
  }

  /** @returns a connection to a database in memory. @throws Fault the bytes are none */
  #deserialize(bytes: Uint8Array): number {
    const { capi, wasm } = this.#sqlite.static;
    const header = new TextDecoder().decode(bytes.subarray(0, DATABASE_HEADER.length));
    if (header !== DATABASE_HEADER) throw new Fault("format", "the bytes are no SQLite database");
    const pageSize = bytes[PAGE_SIZE_AT]! * 256 + bytes[PAGE_SIZE_AT + 1]!;
    const pageBytes = pageSize === 1 ? 65_536 : pageSize;
    if (bytes.length % pageBytes !== 0) {
      throw new Fault(
        "format",
        `the bytes are no whole SQLite database: the last page of ${pageBytes} is cut off`,
      );
    }
    const opened = this.#sqlite.open(":memory:", undefined);
    if (!("db" in opened)) throw new Fault("unavailable", opened.message);
    try {
      const at = wasm.allocFromTypedArray(bytes);
      // A database that had a write-ahead log: what it holds is whole up to the last checkpoint, and there are no logs here.
      this.#sqlite.heap.fill(ROLLBACK_JOURNAL, at + VERSIONS_AT, at + VERSIONS_AT + 2);
      const { SQLITE_DESERIALIZE_FREEONCLOSE } = capi;
      const { length } = bytes;
      const code = capi.sqlite3_deserialize(
        opened.db,
        "main",
        at,
        length,
        length,
        SQLITE_DESERIALIZE_FREEONCLOSE,
      );
      this.#check(opened.db, code);
    } catch (error) {
      this.#sqlite.functions.sqlite3_close_v2(opened.db);
      throw error;
    }
    return opened.db;
  }

  /** @throws Fault it is damaged */
  async #requireWhole(db: number): Promise<void> {
    const { steps } = this.#server;
    steps.watch(db);
    steps.beginUnsliced();
    const { code, statement } = this.#sqlite.withText("PRAGMA quick_check(1)", (at) =>
      this.#sqlite.prepare(db, at),
    );
    let verdict = this.#sqlite.message(db);
    try {
      if (code === CODE.ok) {
        const last = await steps.run(statement, () => {
          verdict = String(this.#value(statement, 0));
          return false;
        });
        if (last !== CODE.row) verdict = this.#sqlite.message(db);
      }
    } finally {
      this.#sqlite.functions.sqlite3_finalize(statement);
    }
    if (verdict !== "ok") throw new Fault("format", `the bytes are no whole SQLite database: ${verdict}`);
  }

  #copy(source: number, target: number): void {
    const { backup_init, backup_step, backup_finish } = this.#backup;
    const done = this.#sqlite.withText("main", (main) => {
      const backup = backup_init(target, main, source, main);
      if (backup === 0) this.#check(target, CODE.busy);
      const code = backup_step(backup, -1);
      backup_finish(backup);
      return code;
    });
    if (done === CODE.readOnly) {
      const sizes = [source, target].map((db) => this.#sqlite.number(db, "PRAGMA page_size"));
      throw new Fault(
        "busy",
        `the pages of the file are of ${sizes[0]} bytes, and those of the database of ${sizes[1]}: ` +
          "remove it first, or import under another name",
      );
    }
    if (done !== CODE.done) this.#check(target, done);
  }

  get #backup() {
    const exports = this.#sqlite.static.wasm.exports as unknown as Record<
      string,
      (...values: number[]) => number
    >;
    return {
      backup_init: exports.sqlite3_backup_init!,
      backup_step: exports.sqlite3_backup_step!,
      backup_finish: exports.sqlite3_backup_finish!,
    };
  }

  /** @throws Fault unless the code is that of success */
  #check(db: number, code: number): void {
    if (code === CODE.ok) return;
    const message = this.#sqlite.message(db);
    switch (code & 0xff) {
      case CODE.busy:
      case 6:
        throw new Fault("busy", "a process is using the database, and holds a lock on it");
      case CODE.auth:
        throw new Fault("forbidden", `a query may only read: ${message}`);
      case CODE.interrupt:
        throw new Fault("timeout", `the query took more than ${LONGEST_QUERY_MS} ms`);
      case 26:
        throw new Fault("format", message);
      default:
        throw new Fault("sql", message);
    }
  }
}

function requireName(name: string): string {
  const path = absolutePath(name);
  if (path === "/") throw new Fault("missing", "a database needs a name");
  return path;
}

async function settle<T>(sqlite: Sqlite, work: () => Promise<T>): Promise<DatabaseOutcome<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    if (error instanceof Fault) return { ok: false, fault: { kind: error.kind, message: error.message } };
    if (isNoSpace(error)) return { ok: false, fault: { kind: "unavailable", message: String(error) } };
    if (sqlite.isOutOfMemory(error)) {
      return { ok: false, fault: { kind: "unavailable", message: "there is not enough memory" } };
    }
    throw error;
  }
}
