import * as host from "../host/sqlite";
import { ByteReader } from "./byteReader";
import { SqliteCode } from "./error";
import { LENGTH, takeAnswer } from "./hostAllocation";
import { Value } from "./value";
import { Binding, decodeRow, encodeBindings } from "./wire";

/**
 * A prepared statement. Its rows are read once, with `rows`, `all`, `first`, `run`, or one at a time with `step`.
 *
 * ```ts
 * const adults = client.prepare("select id, name from users where age >= ?").bind(18).all<User>();
 * ```
 */
export class Statement {
  private readonly bindings: Binding[] = [];
  private nextIndex: u64 = 1;
  private isBound: bool = false;
  private isFinalized: bool = false;

  constructor(private readonly id: u64) {}

  /** Fills the next question mark: with a number, bool, string, Uint8Array, Value, or null where the type allows it. */
  bind<T>(value: T): this {
    this.bindings.push(new Binding(this.nextIndex++, "", Value.of<T>(value)));
    return this;
  }

  /** Fills the next question mark with null. */
  bindNull(): this {
    return this.bind<Value>(Value.nothing());
  }

  /** Fills a parameter that has a name, such as ":name". The native runtime fills the next one instead. */
  bindNamed<T>(name: string, value: T): this {
    this.bindings.push(new Binding(0, name, Value.of<T>(value)));
    return this;
  }

  /**
   * Goes to the next row. An error of the database traps.
   * @returns false: there is none
   */
  step(): bool {
    assert(!this.isFinalized, "the statement has been finalized: its rows have been read");
    if (!this.isBound) {
      const encoded = encodeBindings(this.bindings);
      host.bind_value(this.id, encoded.start, encoded.length);
      this.isBound = true;
    }
    const code = host.sqlite3_step(this.id);
    if (code == SqliteCode.Row) return true;
    assert(code == SqliteCode.Done, `sqlite answered a step with the code ${code}`);
    return false;
  }

  /** The row that `step` has come to. */
  row(): Value[] {
    return takeAnswer<Value[]>(host.read_row(this.id, LENGTH), decodeRow);
  }

  /** The row that `step` has come to, as an object of a `@row` class. A column that it lacks panics. */
  as<R>(): R {
    return this.fill<R>(this.indexes<R>());
  }

  /** All rows. */
  rows(): Value[][] {
    const rows: Value[][] = [];
    while (this.step()) rows.push(this.row());
    this.finalize();
    return rows;
  }

  /** All rows, as objects of a `@row` class. A column that they lack panics. */
  all<R>(): R[] {
    const rows: R[] = [];
    const indexes = this.indexes<R>();
    while (this.step()) rows.push(this.fill<R>(indexes));
    this.finalize();
    return rows;
  }

  /** The first row as an object of a `@row` class; null: there is none. */
  first<R>(): R | null {
    let row: R | null = null;
    if (this.step()) row = this.as<R>();
    this.finalize();
    return row;
  }

  /** Runs it to the end; rows are dropped. */
  run(): void {
    while (this.step()) {}
    this.finalize();
  }

  /** How many columns a row has; 0 for SQL that asks for no rows. */
  get columnCount(): u32 {
    return host.column_count(this.id);
  }

  /** Names of the columns, from left to right. */
  columnNames(): string[] {
    return takeAnswer<string[]>(host.column_names(this.id, LENGTH), decodeTexts);
  }

  /** Makes it ready to be run again, with other values. */
  reset(): void {
    host.statement_reset(this.id);
    this.bindings.length = 0;
    this.nextIndex = 1;
    this.isBound = false;
  }

  private fill<R>(indexes: StaticArray<i32>): R {
    const row = instantiate<R>();
    row.__fill(this.row(), indexes);
    return row;
  }

  /** Where the columns are that a `@row` class has fields for. */
  private indexes<R>(): StaticArray<i32> {
    const wanted = instantiate<R>().__columns();
    const names = this.columnNames();
    const indexes = new StaticArray<i32>(wanted.length);
    for (let i = 0; i < wanted.length; i++) {
      indexes[i] = names.indexOf(wanted[i]);
      assert(indexes[i] >= 0, `the rows have no column ${wanted[i]}`);
    }
    return indexes;
  }

  /** Gives the statement back to the host. Happens by itself once all rows are read, but not after `step`. */
  finalize(): void {
    if (this.isFinalized) return;
    this.isFinalized = true;
    host.sqlite3_finalize(this.id);
  }
}

function decodeTexts(reader: ByteReader): string[] {
  const length = <i32>reader.u64();
  const texts: string[] = [];
  for (let i = 0; i < length; i++) texts.push(reader.text());
  return texts;
}
