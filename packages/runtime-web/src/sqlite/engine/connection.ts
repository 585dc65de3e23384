import type { DatabaseAnswer, DatabaseRequest } from "../../abi/databases.ts";
import type { Binder } from "./bindings.ts";
import { CODE, NO_TRANSACTION, type Sqlite, type SqliteFailure } from "./library.ts";
import { ROW_TOO_LARGE, type RowWriter } from "./rowWriter.ts";

/** A request that has to wait until another connection lets go of its lock; it is tried again as it is. */
export const BLOCKED: unique symbol = Symbol("blocked");
export type Outcome = DatabaseAnswer | typeof BLOCKED;

const ATTACHES = /\battach\b/i;
/** Rows of one answer, bytes; at least one row goes in any case. */
const ANSWER_BYTES = 64 * 1024;
/** How long a connection waits for a lock unless it says otherwise by `PRAGMA busy_timeout`. Natively it does not wait. */
export const DEFAULT_BUSY_TIMEOUT_MS = 5000;

/** What all connections of the worker use, one at a time. */
export interface Tools {
  readonly sqlite: Sqlite;
  readonly binder: Binder;
  readonly rows: RowWriter;
}

/** How far an `execute` has come that is blocked. */
interface Execution {
  readonly sql: number;
  at: number;
  statement: number;
}

type Step = Extract<DatabaseRequest, { type: "step" }>;

/** A connection of one process. Its process waits for each answer, so it has one request at a time. */
export class Connection {
  readonly db: number;
  /** Connections with the same key share locks; undefined: it is alone with its database. */
  readonly key: string | undefined;
  busyTimeoutMs = DEFAULT_BUSY_TIMEOUT_MS;
  /** It may hold locks of other databases than its own, and wait for them. */
  attaches = false;
  readonly #tools: Tools;
  readonly #setUp: string;
  readonly #statements = new Map<number, number>();
  /** Statements that may have changed the busy timeout. */
  readonly #timeoutSetters = new Set<number>();
  #isSetUp: boolean;
  #execution: Execution | undefined;
  #transaction = NO_TRANSACTION;

  /** @param setUp SQL to be run before anything else, as soon as no lock is in the way; "": none */
  constructor(db: number, key: string | undefined, tools: Tools, setUp: string) {
    this.db = db;
    this.key = key;
    this.#tools = tools;
    this.#setUp = setUp;
    this.#isSetUp = setUp === "";
  }

  get holdsLock(): boolean {
    return this.#transaction !== NO_TRANSACTION;
  }

  /** Whether it has let go of a lock since the last time. */
  takeReleased(): boolean {
    const before = this.#transaction;
    this.#transaction = this.#tools.sqlite.functions.sqlite3_txn_state(this.db, 0);
    return this.#transaction < before;
  }

  /** @param isLast a lock that is in the way is told instead of BLOCKED */
  attempt(request: Exclude<DatabaseRequest, { type: "open" }>, isLast: boolean): Outcome {
    const { sqlite } = this.#tools;
    if (!this.#isSetUp) this.#isSetUp = sqlite.run(this.db, this.#setUp) === CODE.ok;
    sqlite.takeMetLock();
    switch (request.type) {
      case "execute":
        this.attaches ||= ATTACHES.test(request.sql);
        return this.#execute(request.sql, isLast);
      case "prepare":
        this.attaches ||= ATTACHES.test(request.sql);
        return this.#prepare(request.statement, request.sql, isLast);
      case "step":
        return this.#step(request, isLast);
      default:
        return request satisfies never;
    }
  }

  reset(statement: number): void {
    const pointer = this.#statements.get(statement);
    if (pointer !== undefined) this.#tools.sqlite.functions.sqlite3_reset(pointer);
  }

  finalize(statement: number): void {
    const pointer = this.#statements.get(statement);
    if (pointer !== undefined) this.#tools.sqlite.functions.sqlite3_finalize(pointer);
    this.#statements.delete(statement);
    this.#timeoutSetters.delete(statement);
  }

  /** What it has not committed is rolled back. */
  close(): void {
    const { functions } = this.#tools.sqlite;
    for (const pointer of this.#statements.values()) functions.sqlite3_finalize(pointer);
    this.#statements.clear();
    this.#endExecution();
    functions.sqlite3_close_v2(this.db);
  }

  /** As sqlite3_exec, but it can be interrupted by a lock and then goes on with the same statement. */
  #execute(sql: string, isLast: boolean): Outcome {
    const { sqlite } = this.#tools;
    this.#execution ??= this.#beginExecution(sql);
    const execution = this.#execution;
    for (;;) {
      if (execution.statement === 0) {
        const { code, statement, tail } = sqlite.prepare(this.db, execution.at);
        if (code !== CODE.ok) return this.#failedExecution(code, isLast);
        execution.at = tail;
        execution.statement = statement;
        if (statement === 0) {
          if (sqlite.heap[tail] === 0 || tail === 0) break;
          continue;
        }
      }
      let code: number;
      do code = sqlite.functions.sqlite3_step(execution.statement);
      while (code === CODE.row);
      if (code !== CODE.done) return this.#failedExecution(code, isLast);
      sqlite.functions.sqlite3_finalize(execution.statement);
      execution.statement = 0;
    }
    this.#endExecution();
    if (setsTimeout(sql)) this.#readTimeout();
    return { type: "done", changes: sqlite.functions.sqlite3_changes(this.db) };
  }

  #beginExecution(sql: string): Execution {
    const at = this.#tools.sqlite.allocText(sql);
    return { sql: at, at, statement: 0 };
  }

  #failedExecution(code: number, isLast: boolean): Outcome {
    const { sqlite } = this.#tools;
    const failure = sqlite.failure(this.db, code);
    const { statement } = this.#execution!;
    if (this.#mustWait(failure, isLast)) {
      if (statement !== 0) sqlite.functions.sqlite3_reset(statement);
      return BLOCKED;
    }
    this.#endExecution();
    return { type: "failed", ...failure };
  }

  #endExecution(): void {
    const { functions } = this.#tools.sqlite;
    if (this.#execution === undefined) return;
    functions.sqlite3_finalize(this.#execution.statement);
    functions.free(this.#execution.sql);
    this.#execution = undefined;
  }

  #prepare(number: number, sql: string, isLast: boolean): Outcome {
    const { sqlite } = this.#tools;
    const { functions } = sqlite;
    const { code, statement } = sqlite.withText(sql, (at) => sqlite.prepare(this.db, at));
    if (code !== CODE.ok) {
      const failure = sqlite.failure(this.db, code);
      return this.#mustWait(failure, isLast) ? BLOCKED : { type: "failed", ...failure };
    }
    this.#statements.set(number, statement);
    if (setsTimeout(sql)) this.#timeoutSetters.add(number);
    const columns = Array.from({ length: functions.sqlite3_column_count(statement) }, (_, index) =>
      sqlite.text(functions.sqlite3_column_name(statement, index)),
    );
    const parameters = Array.from({ length: functions.sqlite3_bind_parameter_count(statement) }, (_, index) =>
      sqlite.text(functions.sqlite3_bind_parameter_name(statement, index + 1)),
    );
    return { type: "prepared", columns, parameters };
  }

  #step(request: Step, isLast: boolean): Outcome {
    const { sqlite, binder, rows } = this.#tools;
    const { functions } = sqlite;
    const statement = this.#statements.get(request.statement) ?? 0;
    if (request.reset) functions.sqlite3_reset(statement);
    if (request.bindings.length > 0) {
      const code = binder.bind(statement, request.bindings);
      if (code !== CODE.ok) return { type: "failed", ...sqlite.failure(this.db, code) };
    }
    rows.restart();
    const columns = functions.sqlite3_column_count(statement);
    for (let count = 0; ; count++) {
      if (count === request.maxRows || rows.length >= ANSWER_BYTES) return this.#rows("more");
      const code = functions.sqlite3_step(statement);
      if (code === CODE.done) break;
      if (code !== CODE.row) {
        const failure = sqlite.failure(this.db, code);
        if (count > 0 || !this.#mustWait(failure, isLast)) return this.#rows("failed", failure);
        functions.sqlite3_reset(statement);
        return BLOCKED;
      }
      if (!rows.add(statement, columns)) return this.#rows("failed", ROW_TOO_LARGE);
    }
    if (this.#timeoutSetters.has(request.statement)) this.#readTimeout();
    return this.#rows("done");
  }

  #rows(end: "more" | "done"): DatabaseAnswer;
  #rows(end: "failed", failure: SqliteFailure): DatabaseAnswer;
  #rows(end: "more" | "done" | "failed", failure?: SqliteFailure): DatabaseAnswer {
    const { sqlite, rows } = this.#tools;
    return {
      type: "rows",
      rows: rows.take(),
      end,
      changes: sqlite.functions.sqlite3_changes(this.db),
      code: failure?.code ?? CODE.ok,
      message: failure?.message ?? "",
    };
  }

  /**
   * sqlite asks its busy handler only where waiting can help: not where two connections that read both want to write,
   * of which one has to give way.
   */
  #mustWait({ code }: SqliteFailure, isLast: boolean): boolean {
    return this.#tools.sqlite.takeMetLock() && code === CODE.busy && !isLast && this.busyTimeoutMs > 0;
  }

  #readTimeout(): void {
    const { sqlite } = this.#tools;
    this.busyTimeoutMs = sqlite.number(this.db, "PRAGMA busy_timeout") ?? DEFAULT_BUSY_TIMEOUT_MS;
    sqlite.watchLocks(this.db);
  }
}

function setsTimeout(sql: string): boolean {
  return sql.length < 4096 ? /busy_timeout/i.test(sql) : sql.includes("busy_timeout");
}
