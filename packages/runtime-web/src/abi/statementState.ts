import { GuestTrap } from "../kernel/guestTrap.ts";
import { appendBindList } from "./bindList.ts";
import type { HeldConnection } from "./databaseHoldings.ts";
import type { DatabaseAnswer, DatabaseRequest, StepEnd } from "./databases.ts";

export const ROW = 100;
export const DONE = 101;

/** Many statements are asked for their first row only. */
const FIRST_ROWS = 32;
const MORE_ROWS = 4;
const MOST_ROWS = 4096;
const NOTHING = new Uint8Array(0);
const NO_ROW = new Uint8Array(8);

type Rows = Extract<DatabaseAnswer, { type: "rows" }>;

/** A statement of a process, with the rows that were fetched ahead of its steps. */
export class StatementState {
  readonly connection: HeldConnection;
  readonly number: number;
  readonly columns: readonly string[];
  readonly parameters: readonly string[];
  /** Bound since the last step, in the first `#boundBytes` bytes. */
  #bindings: Uint8Array = NOTHING;
  #boundBytes = 0;
  /** Has been stepped since it was made or reset: sqlite then takes no bindings. */
  #isRunning = false;
  /** The next step begins anew. */
  #resets = false;
  #rows: Uint8Array = NOTHING;
  #next = 0;
  #row: Uint8Array | undefined;
  /** What follows the rows that are here; undefined: nothing is known. */
  #end: StepEnd | undefined;
  #failure: { readonly code: number; readonly message: string } | undefined;
  #maxRows = FIRST_ROWS;
  #countedBytes = 0;

  constructor(
    connection: HeldConnection,
    number: number,
    columns: readonly string[],
    parameters: readonly string[],
  ) {
    this.connection = connection;
    this.number = number;
    this.columns = columns;
    this.parameters = parameters;
  }

  /** @param list as readBindList makes it; it is copied. @throws GuestTrap it is running, as sqlite's SQLITE_MISUSE */
  bind(list: Uint8Array): void {
    if (this.#isRunning) {
      throw new GuestTrap(
        "bad parameter or other API misuse (code 21): reset the statement before it is bound again",
      );
    }
    const all = this.#boundBytes === 0 ? list : appendBindList(this.#bound, list, this.parameters.length);
    if (all.length > this.#bindings.length) this.#bindings = new Uint8Array(all.length);
    this.#bindings.set(all);
    this.#boundBytes = all.length;
    this.#note(0, "");
  }

  /** By how much more memory it takes than at the last call: for values that were bound, and rows. */
  takeGrowth(): number {
    const bytes = this.#bindings.length + this.#rows.length;
    const growth = bytes - this.#countedBytes;
    this.#countedBytes = bytes;
    return growth;
  }

  /** @returns whether the database has to be told now, because it is in the middle of it */
  reset(): boolean {
    const isHeld = this.#isRunning && this.#end === "more";
    this.#resets ||= this.#isRunning && !isHeld;
    this.#isRunning = false;
    this.#forgetRows();
    this.#maxRows = FIRST_ROWS;
    if (this.#failure === undefined) this.#note(0, "");
    this.#failure = undefined;
    return isHeld;
  }

  /** Goes to the next row of those that are here. @returns ROW or DONE; undefined: the database has to be asked */
  advance(): number | undefined {
    if (this.#next < this.#rows.length) {
      const start = this.#next + 4;
      this.#next = start + lengthAt(this.#rows, this.#next);
      this.#row = this.#rows.subarray(start, this.#next);
      this.#note(ROW, "another row available");
      return ROW;
    }
    this.#row = undefined;
    if (this.#end === undefined || this.#end === "more") return undefined;
    const hasFailed = this.#end === "failed";
    this.#end = undefined;
    if (!hasFailed) {
      this.#note(DONE, "no more rows available");
      return DONE;
    }
    const { code, message } = this.#failure!;
    this.#note(code, message);
    throw new GuestTrap(`${message} (code ${code})`);
  }

  /** What to ask the database for; the bytes in it are valid until the statement is bound again. */
  request(): DatabaseRequest {
    const request = {
      type: "step",
      connection: this.connection.number,
      statement: this.number,
      reset: this.#resets,
      bindings: this.#bound,
      maxRows: this.#maxRows,
    } as const;
    this.#resets = false;
    this.#boundBytes = 0;
    this.#isRunning = true;
    return request;
  }

  receive(answer: Rows): void {
    this.connection.changes = answer.changes;
    this.#rows = answer.rows;
    this.#next = 0;
    this.#end = answer.end;
    this.#failure = answer.end === "failed" ? { code: answer.code, message: answer.message } : undefined;
    if (this.#maxRows < MOST_ROWS) this.#maxRows *= MORE_ROWS;
  }

  /** Bincode of the row that the last step came to; without one, as natively, a row of nothings. */
  get row(): Uint8Array {
    return this.#row ?? rowOfNothings(this.columns.length);
  }

  /** Bincode of one value of the row; of nothing where there is no such column. */
  column(index: number): Uint8Array {
    const { row } = this;
    const view = new DataView(row.buffer, row.byteOffset, row.byteLength);
    if (index >= view.getUint32(0, true)) return NO_ROW.subarray(0, 4);
    let at = 8;
    for (let column = 0; ; column++) {
      const end = endOfValue(view, at);
      if (column === index) return row.subarray(at, end);
      at = end;
    }
  }

  get #bound(): Uint8Array {
    return this.#boundBytes === 0 ? NOTHING : this.#bindings.subarray(0, this.#boundBytes);
  }

  #forgetRows(): void {
    this.#rows = NOTHING;
    this.#next = 0;
    this.#row = undefined;
    this.#end = undefined;
  }

  #note(code: number, message: string): void {
    this.connection.code = code;
    this.connection.message = message;
  }
}

/** A u32 of bytes that may begin anywhere: a view for each row would take longer than the rest of a step. */
function lengthAt(bytes: Uint8Array, at: number): number {
  return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
}

function rowOfNothings(columns: number): Uint8Array {
  const row = new Uint8Array(8 + 4 * columns);
  new DataView(row.buffer).setUint32(0, columns, true);
  return row;
}

function endOfValue(view: DataView, at: number): number {
  switch (view.getUint32(at, true)) {
    case 0:
      return at + 4;
    case 1:
    case 2:
      return at + 12 + view.getUint32(at + 4, true);
    default:
      return at + 12;
  }
}
