import initialize, { type SAHPoolUtil, type Sqlite3Static } from "@sqlite.org/sqlite-wasm";
import { report } from "./packageReports.ts";

/** Result codes of sqlite that decide something here, https://www.sqlite.org/rescode.html */
export const CODE = {
  ok: 0,
  error: 1,
  busy: 5,
  noMemory: 7,
  readOnly: 8,
  interrupt: 9,
  ioError: 10,
  full: 13,
  cantOpen: 14,
  misuse: 21,
  auth: 23,
  range: 25,
  row: 100,
  done: 101,
} as const;

/** Fundamental types of a value, as sqlite3_column_type tells them. */
export const TYPE = { integer: 1, float: 2, text: 3, blob: 4, none: 5 } as const;

export const OPEN = { readWrite: 2, create: 4 } as const;
/** sqlite3_bind_text and _blob copy what they are given. */
export const TRANSIENT = -1;
/** What sqlite3_txn_state tells of a connection that holds no lock. */
export const NO_TRANSACTION = 0;

/**
 * Functions of the module itself. The package's own wrappers convert every argument, which takes longer than many of
 * these calls do.
 */
interface Functions {
  sqlite3_prepare_v3(
    db: number,
    sql: number,
    bytes: number,
    flags: number,
    out: number,
    tail: number,
  ): number;
  sqlite3_step(statement: number): number;
  sqlite3_reset(statement: number): number;
  sqlite3_finalize(statement: number): number;
  sqlite3_close_v2(db: number): number;
  sqlite3_errcode(db: number): number;
  sqlite3_changes(db: number): number;
  sqlite3_txn_state(db: number, schema: number): number;
  sqlite3_busy_handler(db: number, handler: number, context: number): number;
  sqlite3_progress_handler(db: number, steps: number, handler: number, context: number): number;
  sqlite3_set_authorizer(db: number, authorizer: number, context: number): number;
  sqlite3_bind_parameter_count(statement: number): number;
  sqlite3_bind_parameter_name(statement: number, index: number): number;
  sqlite3_bind_null(statement: number, index: number): number;
  sqlite3_bind_double(statement: number, index: number, value: number): number;
  sqlite3_bind_int64(statement: number, index: number, value: bigint): number;
  sqlite3_bind_text(statement: number, index: number, at: number, bytes: number, destroy: number): number;
  sqlite3_bind_blob(statement: number, index: number, at: number, bytes: number, destroy: number): number;
  sqlite3_bind_zeroblob(statement: number, index: number, bytes: number): number;
  sqlite3_clear_bindings(statement: number): number;
  sqlite3_column_count(statement: number): number;
  sqlite3_column_name(statement: number, index: number): number;
  sqlite3_column_type(statement: number, index: number): number;
  sqlite3_column_int64(statement: number, index: number): bigint;
  sqlite3_column_double(statement: number, index: number): number;
  sqlite3_column_text(statement: number, index: number): number;
  sqlite3_column_blob(statement: number, index: number): number;
  sqlite3_column_bytes(statement: number, index: number): number;
  emscripten_stack_get_current(): number;
  _emscripten_stack_restore(at: number): void;
  malloc(bytes: number): number;
  free(at: number): void;
}

/** The engine, loaded once per worker, and the ways in which this folder uses it. */
export class Sqlite {
  readonly static: Sqlite3Static;
  readonly functions: Functions;
  /** Room for two pointers that a call writes. */
  readonly #out: number;
  readonly #busyHandler: number;
  /** Connections of which a call has failed for a lock that may be waited for. */
  readonly #metLocks = new Set<number>();

  private constructor(loaded: Sqlite3Static) {
    this.static = loaded;
    this.functions = loaded.wasm.exports as unknown as Functions;
    this.#out = this.functions.malloc(8);
    this.#busyHandler = loaded.wasm.installFunction("i(pi)", (db: number) => {
      this.#metLocks.add(db);
      // Give up now: waiting is done in the server, where others can go on.
      return 0;
    });
  }

  /** @throws Error the module could not be loaded */
  static async load(): Promise<Sqlite> {
    // Else the package makes places of its own for files, one of them with another worker.
    const disable = { vfs: { opfs: true, "opfs-vfs": true, "opfs-wl": true, kvvfs: true } };
    const settings = { disable, error: report };
    Object.assign(globalThis, { sqlite3ApiConfig: settings });
    return new Sqlite(await initialize());
  }

  get heap(): Uint8Array {
    return this.static.wasm.heap8u();
  }

  /**
   * Opens a connection with what a native sqlite has on by default, and which tells of locks instead of waiting.
   * @returns the connection, or why there is none
   */
  open(path: string, vfs: string | undefined): { readonly db: number } | SqliteFailure {
    const { capi, wasm } = this.static;
    const code = capi.sqlite3_open_v2(path, this.#out, OPEN.readWrite | OPEN.create, vfs ?? 0);
    const db = wasm.peekPtr(this.#out);
    if (code !== CODE.ok) {
      const failure = { code, message: db === 0 ? "out of memory" : this.message(db) };
      this.functions.sqlite3_close_v2(db);
      return failure;
    }
    capi.sqlite3_extended_result_codes(db, 0);
    // The package is built without texts in double quotes; natively they are on, and lunatic-rs' own tests use them.
    capi.sqlite3_db_config(db, capi.SQLITE_DBCONFIG_DQS_DML, 1, 0);
    capi.sqlite3_db_config(db, capi.SQLITE_DBCONFIG_DQS_DDL, 1, 0);
    this.watchLocks(db);
    return { db };
  }

  /** From now on `takeMetLock` tells of this connection's calls. `PRAGMA busy_timeout` ends it. */
  watchLocks(db: number): void {
    this.functions.sqlite3_busy_handler(db, this.#busyHandler, db);
  }

  /** Whether a call of the connection has failed, since the last time, for a lock that may be waited for. */
  takeMetLock(db: number): boolean {
    return this.#metLocks.delete(db);
  }

  /** Whether that is the error of something of which there is not enough memory here, or in the engine. */
  isOutOfMemory(error: unknown): boolean {
    return error instanceof RangeError || error instanceof this.static.WasmAllocError;
  }

  message(db: number): string {
    return this.static.capi.sqlite3_errmsg(db);
  }

  failure(db: number, code: number): SqliteFailure {
    return { code: code & 0xff, message: this.message(db) };
  }

  /**
   * Prepares the first statement of some SQL that lies in the heap and ends with a NUL.
   * @returns code, the statement (0: there is only white space or a comment), and where the rest begins
   */
  prepare(db: number, sql: number): { code: number; statement: number; tail: number } {
    const out = this.#out;
    const code = this.functions.sqlite3_prepare_v3(db, sql, -1, 0, out, out + 4);
    const { wasm } = this.static;
    return { code, statement: wasm.peekPtr(out), tail: wasm.peekPtr(out + 4) };
  }

  /** Runs SQL of this folder's own. @returns sqlite's code */
  run(db: number, sql: string): number {
    return this.static.capi.sqlite3_exec(db, sql, 0, 0, 0);
  }

  /** The number that a query of this folder's own answers with; undefined: it fails, or has no row. */
  number(db: number, sql: string): number | undefined {
    return this.withText(sql, (at) => {
      const { code, statement } = this.prepare(db, at);
      if (code !== CODE.ok) return undefined;
      const hasRow = this.functions.sqlite3_step(statement) === CODE.row;
      const value = hasRow ? this.functions.sqlite3_column_double(statement, 0) : undefined;
      this.functions.sqlite3_finalize(statement);
      return value;
    });
  }

  withText<T>(text: string, use: (at: number) => T): T {
    const at = this.allocText(text);
    try {
      return use(at);
    } finally {
      this.functions.free(at);
    }
  }

  /** A text with a NUL behind it, to be freed. */
  allocText(text: string): number {
    return this.static.wasm.allocCString(text, false);
  }

  /** @param at of a text with a NUL behind it; 0 gives "" */
  text(at: number): string {
    return at === 0 ? "" : (this.static.wasm.cstrToJs(at) ?? "");
  }
}

export interface SqliteFailure {
  /** A primary result code. */
  readonly code: number;
  readonly message: string;
}

export type { SAHPoolUtil };
