import type { DatabaseAnswer, DatabaseRequest } from "../../abi/databases.ts";
import type { Binder } from "./bindings.ts";
import { CODE, NO_TRANSACTION, type Sqlite, type SqliteFailure } from "./library.ts";
import { ROW_TOO_LARGE, type RowWriter, type RowWriters } from "./rowWriter.ts";
import type { SlicedSteps, StepRun } from "./slicedSteps.ts";

/** A request that has to wait until another connection lets go of its lock; it is tried again as it is. */
export const BLOCKED: unique symbol = Symbol("blocked");
export type Outcome = DatabaseAnswer | typeof BLOCKED;
/** At once, or later where a statement takes long: until then the connection may only be interrupted. */
export type Outcomes = Outcome | Promise<Outcome>;

const ATTACHES = /\battach\b/i;
/** Rows of one answer, bytes; at least one row goes in any case. */
const ANSWER_BYTES = 64 * 1024;
/** How long a connection waits for a lock unless it says otherwise by `PRAGMA busy_timeout`. Natively it does not wait. */
export const DEFAULT_BUSY_TIMEOUT_MS = 5000;

/** What all connections of the worker use, one at a time. */
export interface Tools {
  readonly sqlite: Sqlite;
  readonly binder: Binder;
  readonly rows: RowWriters;
  readonly steps: SlicedSteps;
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
  /** It is to be closed as soon as its statement has ended. */
  isClosed = false;
  readonly #tools: Tools;
  readonly #setUp: string;
  readonly #statements = new Map<number, number>();
  /** Statements that may have changed the busy timeout. */
  readonly #timeoutSetters = new Set<number>();
  #isSetUp: boolean;
  #execution: Execution | undefined;
  #transaction = NO_TRANSACTION;
  /** The statement that is suspended, or was. */
  #run: StepRun | undefined;

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
  attempt(request: Exclude<DatabaseRequest, { type: "open" }>, isLast: boolean): Outcomes {
    const { sqlite, steps } = this.#tools;
    steps.beginUnsliced();
    if (!this.#isSetUp) this.#isSetUp = sqlite.run(this.db, this.#setUp) === CODE.ok;
    sqlite.takeMetLock(this.db);
    try {
      const outcome = this.#attempt(request, isLast);
      return outcome instanceof Promise ? outcome.catch((error) => this.#failed(error)) : outcome;
    } catch (error) {
      return this.#failed(error);
    }
  }

  #attempt(request: Exclude<DatabaseRequest, { type: "open" }>, isLast: boolean): Outcomes {
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

  /** Of what found no memory only this request fails. */
  #failed(error: unknown): Outcome {
    if (!this.#tools.sqlite.isOutOfMemory(error)) throw error;
    this.#endExecution();
    return { type: "failed", code: CODE.noMemory, message: "out of memory" };
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

  /** Lets the statement that takes long fail. */
  interrupt(): void {
    if (this.#run !== undefined) this.#tools.steps.interrupt(this.#run);
  }

  /** What it has not committed is rolled back. Not while an outcome is awaited. */
  close(): void {
    const { functions } = this.#tools.sqlite;
    for (const pointer of this.#statements.values()) functions.sqlite3_finalize(pointer);
    this.#statements.clear();
    this.#endExecution();
    functions.sqlite3_close_v2(this.db);
  }

  /** As sqlite3_exec, but it can be interrupted by a lock and then goes on with the same statement. */
  #execute(sql: string, isLast: boolean): Outcomes {
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
      const code = this.#stepAll(execution.statement, () => true);
      if (typeof code !== "number") {
        return code.then((late) => this.#executed(late, isLast) ?? this.#execute(sql, isLast));
      }
      const failure = this.#executed(code, isLast);
      if (failure !== undefined) return failure;
    }
    this.#endExecution();
    if (setsTimeout(sql)) this.#readTimeout();
    return { type: "done", changes: sqlite.functions.sqlite3_changes(this.db) };
  }

  /** A statement of an `execute` has ended. @returns undefined: the next one's turn has come */
  #executed(code: number, isLast: boolean): Outcome | undefined {
    if (code !== CODE.done) return this.#failedExecution(code, isLast);
    const execution = this.#execution!;
    this.#tools.sqlite.functions.sqlite3_finalize(execution.statement);
    execution.statement = 0;
    return undefined;
  }

  #stepAll(statement: number, onRow: () => boolean): number | Promise<number> {
    return this.#tools.steps.run(statement, onRow, undefined, (run) => {
      this.#run = run;
    });
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

  #step(request: Step, isLast: boolean): Outcomes {
    const { sqlite, binder } = this.#tools;
    const { functions } = sqlite;
    const statement = this.#statements.get(request.statement) ?? 0;
    if (request.reset) functions.sqlite3_reset(statement);
    if (request.bindings.length > 0) {
      const code = binder.bind(statement, request.bindings);
      if (code !== CODE.ok) return { type: "failed", ...sqlite.failure(this.db, code) };
    }
    const rows = this.#tools.rows.take();
    const columns = functions.sqlite3_column_count(statement);
    let count = 0;
    let hasRoom = true;
    const code = this.#stepAll(statement, () => {
      hasRoom = rows.add(statement, columns);
      return hasRoom && ++count < request.maxRows && rows.length < ANSWER_BYTES;
    });
    const end = (last: number): Outcome => {
      this.#tools.rows.giveBack(rows);
      if (!hasRoom) return this.#rows(rows, "failed", ROW_TOO_LARGE);
      if (last === CODE.row) return this.#rows(rows, "more");
      if (last === CODE.done) {
        if (this.#timeoutSetters.has(request.statement)) this.#readTimeout();
        return this.#rows(rows, "done");
      }
      const failure = sqlite.failure(this.db, last);
      if (count > 0 || !this.#mustWait(failure, isLast)) return this.#rows(rows, "failed", failure);
      functions.sqlite3_reset(statement);
      return BLOCKED;
    };
    if (typeof code === "number") return end(code);
    return code.then((late) => {
      const outcome = end(late);
      // Others may write rows before this answer is on its way.
      return outcome !== BLOCKED && outcome.type === "rows"
        ? { ...outcome, rows: outcome.rows.slice() }
        : outcome;
    });
  }

  #rows(rows: RowWriter, end: "more" | "done"): DatabaseAnswer;
  #rows(rows: RowWriter, end: "failed", failure: SqliteFailure): DatabaseAnswer;
  #rows(rows: RowWriter, end: "more" | "done" | "failed", failure?: SqliteFailure): DatabaseAnswer {
    return {
      type: "rows",
      rows: rows.take(),
      end,
      changes: this.#tools.sqlite.functions.sqlite3_changes(this.db),
      code: failure?.code ?? CODE.ok,
      message: failure?.message ?? "",
    };
  }

  /**
   * sqlite asks its busy handler only where waiting can help: not where two connections that read both want to write,
   * of which one has to give way.
   */
  #mustWait({ code }: SqliteFailure, isLast: boolean): boolean {
    return this.#tools.sqlite.takeMetLock(this.db) && code === CODE.busy && !isLast && this.busyTimeoutMs > 0;
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
