import { CODE, type Sqlite, TYPE } from "./library.ts";

/** The kinds of a value as a guest reads them (SqliteValue, host ABI 3.12). */
const KIND = { none: 0, blob: 1, text: 2, double: 3, integer: 4 } as const;
const FIRST_BYTES = 4096;
const LOSSY = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * Rows of a statement as the guest will read them, so that they are only copied from here on:
 * | length u32 | count u64 | kind u32, value | kind u32, value | … | length u32 | …
 */
export class RowWriter {
  readonly #sqlite: Sqlite;
  #bytes = new Uint8Array(FIRST_BYTES);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  constructor(sqlite: Sqlite) {
    this.#sqlite = sqlite;
  }

  restart(): void {
    this.#length = 0;
  }

  get length(): number {
    return this.#length;
  }

  /** Valid until the next row. */
  take(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Adds the row that the statement has come to. @returns whether there was memory for all of its values */
  add(statement: number, columns: number): boolean {
    const start = this.#length;
    this.#reserve(12 + columns * 12);
    this.#length += 4;
    this.#u64(columns);
    for (let index = 0; index < columns; index++) if (!this.#value(statement, index)) return false;
    this.#view.setUint32(start, this.#length - start - 4, true);
    return true;
  }

  #value(statement: number, index: number): boolean {
    const { functions } = this.#sqlite;
    switch (functions.sqlite3_column_type(statement, index)) {
      case TYPE.integer:
        this.#kind(KIND.integer);
        this.#reserve(8);
        this.#view.setBigInt64(this.#length, functions.sqlite3_column_int64(statement, index), true);
        this.#length += 8;
        return true;
      case TYPE.float:
        this.#kind(KIND.double);
        this.#reserve(8);
        this.#view.setFloat64(this.#length, functions.sqlite3_column_double(statement, index), true);
        this.#length += 8;
        return true;
      case TYPE.text:
        this.#kind(KIND.text);
        return this.#text(statement, index, functions.sqlite3_column_text(statement, index));
      case TYPE.blob:
        this.#kind(KIND.blob);
        return this.#content(statement, index, functions.sqlite3_column_blob(statement, index));
      default:
        this.#kind(KIND.none);
        return true;
    }
  }

  #content(statement: number, index: number, at: number): boolean {
    const bytes = this.#sqlite.functions.sqlite3_column_bytes(statement, index);
    if (at === 0 && bytes > 0) return false;
    this.#u64(bytes);
    this.#reserve(bytes);
    if (bytes > 0) this.#bytes.set(this.#sqlite.heap.subarray(at, at + bytes), this.#length);
    this.#length += bytes;
    return true;
  }

  /** A guest's string has to be UTF-8, which sqlite does not look for. As natively, what is not becomes U+FFFD. */
  #text(statement: number, index: number, at: number): boolean {
    const start = this.#length;
    if (!this.#content(statement, index, at)) return false;
    const from = start + 8;
    if (isAscii(this.#bytes, from, this.#length)) return true;
    const text = LOSSY.decode(this.#bytes.subarray(from, this.#length));
    if (!text.includes("\ufffd")) return true;
    const mended = new TextEncoder().encode(text);
    this.#length = start;
    this.#u64(mended.length);
    this.#reserve(mended.length);
    this.#bytes.set(mended, this.#length);
    this.#length += mended.length;
    return true;
  }

  #kind(kind: number): void {
    this.#reserve(4);
    this.#view.setUint32(this.#length, kind, true);
    this.#length += 4;
  }

  #u64(value: number): void {
    this.#reserve(8);
    this.#view.setUint32(this.#length, value, true);
    this.#view.setUint32(this.#length + 4, 0, true);
    this.#length += 8;
  }

  #reserve(bytes: number): void {
    const needed = this.#length + bytes;
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, 2 * this.#bytes.length));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}

function isAscii(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (bytes[at]! > 0x7f) return false;
  return true;
}

/** A writer for each statement that takes rows at the same time. */
export class RowWriters {
  readonly #sqlite: Sqlite;
  readonly #free: RowWriter[] = [];

  constructor(sqlite: Sqlite) {
    this.#sqlite = sqlite;
  }

  take(): RowWriter {
    const writer = this.#free.pop() ?? new RowWriter(this.#sqlite);
    writer.restart();
    return writer;
  }

  /** What it has written is valid until it is taken again. */
  giveBack(writer: RowWriter): void {
    this.#free.push(writer);
  }
}

/** As failure of a row whose values found no memory. */
export const ROW_TOO_LARGE = { code: CODE.noMemory, message: "out of memory" } as const;
