import { LunaticError } from "../error";
import * as host from "../host/sqlite";
import { Result } from "../result";
import { SqliteCode, SqliteError, decodeError } from "./error";
import { LENGTH, takeAnswer } from "./hostAllocation";
import { Statement } from "./statement";
import { Value } from "./value";

const CONNECTION: usize = memory.data(8);

/**
 * A connection to a database, of the process that made it.
 *
 * ```ts
 * const connected = SqliteClient.connect("app.db");
 * if (!connected.ok) { print(connected.error!.text); return; }
 * const client = connected.value;
 * client.execute("create table users (id integer primary key, name text)");
 * client.prepare("insert into users (name) values (?)").bind("Ada").run();
 * ```
 */
export class SqliteClient {
  private constructor(private readonly id: u64) {}

  /**
   * Opens the database in a file, and makes it if there is none. The file must lie in a directory that the process
   * may use. The empty path is a database of its own, in memory.
   */
  static connect(path: string): Result<SqliteClient> {
    const text = String.UTF8.encode(path);
    const code = host.open(changetype<usize>(text), text.byteLength, CONNECTION);
    const id = load<u64>(CONNECTION);
    return code == 0
      ? Result.ok<SqliteClient>(new SqliteClient(id))
      : Result.err<SqliteClient>(LunaticError.take(id));
  }

  /**
   * Runs SQL that asks for no rows, also several statements.
   * @returns what went wrong; null: nothing
   */
  execute(sql: string): SqliteError | null {
    const text = String.UTF8.encode(sql);
    const code = host.execute(this.id, changetype<usize>(text), text.byteLength);
    if (code == SqliteCode.Ok) return null;
    const last = this.lastError();
    return last.code == 0 ? new SqliteError(code, last.message) : last;
  }

  /** All rows of a query without parameters. SQL that is wrong traps, as for `prepare`. */
  query(sql: string): Value[][] {
    return this.prepare(sql).rows();
  }

  /**
   * A statement whose question marks are still to be filled.
   * SQL that is wrong traps, because the host has no other answer: `catchPanic` around it if it comes from a user.
   */
  prepare(sql: string): Statement {
    const text = String.UTF8.encode(sql);
    return new Statement(host.query_prepare(this.id, changetype<usize>(text), text.byteLength));
  }

  /** How many rows the last statement has changed. */
  get changes(): u32 {
    return host.sqlite3_changes(this.id);
  }

  /** The last error of this connection. */
  lastError(): SqliteError {
    return takeAnswer<SqliteError>(host.last_error(this.id, LENGTH), decodeError);
  }

  /** Starts a transaction: what follows takes effect as a whole with `commit`, or not at all with `rollback`. */
  begin(): SqliteError | null {
    return this.execute("begin");
  }

  /** Ends a transaction: its changes take effect. An error where none was begun, or another connection is writing. */
  commit(): SqliteError | null {
    return this.execute("commit");
  }

  /** Ends a transaction: its changes are undone. An error where none was begun. */
  rollback(): SqliteError | null {
    return this.execute("rollback");
  }

  /**
   * Runs a function within a transaction.
   * @param work gets the client and the argument; returns whether to commit
   * @returns what began or ended wrongly; null also after a rollback that `work` asked for
   */
  transaction<A>(work: (client: SqliteClient, argument: A) => bool, argument: A): SqliteError | null {
    const error = this.begin();
    if (error !== null) return error;
    return work(this, argument) ? this.commit() : this.rollback();
  }
}
