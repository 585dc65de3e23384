import { GuestTrap, ProcessStopped } from "../kernel/guestTrap.ts";
import type { Holdings, Process } from "../kernel/process.ts";
import { ResourceTable } from "../kernel/resourceTable.ts";
import type { Databases } from "./databases.ts";
import { StatementState } from "./statementState.ts";

/** A connection of a process. */
export interface HeldConnection {
  readonly number: number;
  /** sqlite3_errcode, of the last call: 0, 100 and 101 are no errors. */
  code: number;
  message: string;
  /** Rows that the last statement has changed. */
  changes: number;
}

/** The connections and statements of one process, which end with it. */
export class DatabaseHoldings implements Holdings {
  readonly #connections: ResourceTable<HeldConnection>;
  readonly #statements: ResourceTable<StatementState>;
  readonly #databases: Databases;
  /** All that were asked for, opened or not. */
  readonly #numbers = new Set<number>();

  constructor(process: Process, databases: Databases) {
    this.#connections = new ResourceTable(process.environment.mail);
    this.#statements = new ResourceTable(process.environment.mail);
    this.#databases = databases;
  }

  /** @throws ProcessStopped it has ended, and its holdings are given back already */
  static of(process: Process, databases: Databases): DatabaseHoldings {
    if (process.state === "ended") throw new ProcessStopped(`Process ${process.pid} ended while it called`);
    process.databases ??= new DatabaseHoldings(process, databases);
    return process.databases as DatabaseHoldings;
  }

  get size(): number {
    return this.#connections.size + this.#statements.size;
  }

  release(): void {
    for (const connection of this.#numbers) this.#databases.tell({ type: "close", connection });
    this.#numbers.clear();
    this.#connections.clear();
    this.#statements.clear();
  }

  /** The number of a connection that is about to be opened. */
  begin(): number {
    const number = this.#databases.nextNumber();
    this.#numbers.add(number);
    return number;
  }

  /** A connection could not be opened. */
  abandon(number: number): void {
    this.#numbers.delete(number);
  }

  /** A connection is open. @returns its id */
  add(number: number): bigint {
    return this.#connections.add({ number, code: 0, message: "", changes: 0 });
  }

  addStatement(
    connection: HeldConnection,
    number: number,
    columns: readonly string[],
    parameters: readonly string[],
  ): bigint {
    return this.#statements.add(new StatementState(connection, number, columns, parameters));
  }

  /** @throws GuestTrap there is none */
  connection(id: bigint): HeldConnection {
    const connection = this.#connections.get(id);
    if (connection === undefined) throw new GuestTrap(`database connection ${id} does not exist`);
    return connection;
  }

  /** @throws GuestTrap there is none */
  statement(id: bigint): StatementState {
    const statement = this.#statements.get(id);
    if (statement === undefined) throw unknownStatement(id);
    return statement;
  }

  /** Counts what a statement holds, after it was bound or has come to rows. */
  count(id: bigint, statement: StatementState): void {
    const growth = statement.takeGrowth();
    if (growth !== 0) this.#statements.grow(id, growth);
  }

  /** @throws GuestTrap there is none */
  removeStatement(id: bigint): StatementState {
    const statement = this.#statements.remove(id);
    if (statement === undefined) throw unknownStatement(id);
    return statement;
  }
}

function unknownStatement(id: bigint): GuestTrap {
  return new GuestTrap(`database statement ${id} does not exist`);
}
