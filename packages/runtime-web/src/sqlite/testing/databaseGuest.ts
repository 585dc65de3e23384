import { copyIn } from "../../abi/guestMemory.ts";
import { type Guest, Host, type Value } from "../../abi/testing/guest.ts";
import type { DatabaseServer } from "../engine/server.ts";
import { BindListWriter, readRow, readTexts, type SqlValue } from "./bincode.ts";
import { LocalDatabases } from "./localDatabases.ts";

/** A host whose processes have databases, of a client of its own. */
export class DatabaseHost extends Host {
  declare readonly databases: LocalDatabases;

  constructor(server: DatabaseServer, client = 0) {
    super(new LocalDatabases(server, client));
  }

  get rootUser(): DatabaseUser {
    return new DatabaseUser(this.root);
  }
}

/** What a guest does with databases, written short. */
export class DatabaseUser {
  readonly guest: Guest;

  constructor(guest: Guest) {
    this.guest = guest;
  }

  /** The result of a call that may park its process. @throws what ends it */
  async call(name: string, ...values: Value[]): Promise<Value | undefined> {
    const { body } = this.guest;
    const [resumed, traps] = [body.resumed.length, body.traps.length];
    const result = this.guest.call(`sqlite::${name}`, ...values);
    if (result !== "parked") return result as Value | undefined;
    while (body.resumed.length === resumed && body.traps.length === traps) await nextTask();
    if (body.traps.length > traps) throw body.traps.at(-1);
    return body.resumed.at(-1) as Value;
  }

  /** @returns the code of `open`, and the id of the connection or the error */
  async tryOpen(path: string): Promise<{ code: Value | undefined; id: bigint }> {
    const idPtr = this.guest.room(8);
    const code = await this.call("open", ...this.guest.put(path), idPtr);
    return { code, id: this.guest.u64(idPtr) };
  }

  async open(path: string): Promise<bigint> {
    const { code, id } = await this.tryOpen(path);
    if (code !== 0n) throw new Error(this.guest.errorText(id));
    return id;
  }

  async execute(connection: bigint, sql: string): Promise<number> {
    return (await this.call("execute", connection, ...this.guest.put(sql))) as number;
  }

  async prepare(connection: bigint, sql: string): Promise<bigint> {
    return (await this.call("query_prepare", connection, ...this.guest.put(sql))) as bigint;
  }

  bind(
    statement: bigint,
    ...values: readonly ([key: number | string | null, value: SqlValue] | SqlValue)[]
  ): void {
    const list = new BindListWriter();
    values.forEach((value, index) => {
      if (Array.isArray(value)) list.add(value[0], value[1]);
      else list.add(index + 1, value as SqlValue);
    });
    this.guest.call("sqlite::bind_value", statement, ...this.guest.put(list.finish()));
  }

  async step(statement: bigint): Promise<number> {
    return (await this.call("sqlite3_step", statement)) as number;
  }

  /** What a function that allocates has put into memory. */
  async given(name: string, ...values: Value[]): Promise<Uint8Array> {
    const lengthPtr = this.guest.room(4);
    const ptr = (await this.call(name, ...values, lengthPtr)) as number;
    return copyIn(this.guest.memory, ptr, this.guest.u32(lengthPtr));
  }

  async row(statement: bigint): Promise<SqlValue[]> {
    return readRow(await this.given("read_row", statement));
  }

  async columnNames(statement: bigint): Promise<string[]> {
    return readTexts(await this.given("column_names", statement));
  }

  /** All rows of a query. */
  async query(connection: bigint, sql: string, ...values: SqlValue[]): Promise<SqlValue[][]> {
    const statement = await this.prepare(connection, sql);
    if (values.length > 0) this.bind(statement, ...values);
    const rows: SqlValue[][] = [];
    while ((await this.step(statement)) === 100) rows.push(await this.row(statement));
    this.guest.call("sqlite::sqlite3_finalize", statement);
    return rows;
  }

  /** Code and message of `last_error`. */
  async lastError(connection: bigint): Promise<{ code: number; message: string }> {
    const bytes = await this.given("last_error", connection);
    const view = new DataView(bytes.buffer);
    const length = view.getUint32(6, true);
    return {
      code: view.getUint32(1, true),
      message: new TextDecoder().decode(bytes.subarray(14, 14 + length)),
    };
  }
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
