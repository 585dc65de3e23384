import { ByteReader } from "./byteReader";

/** What went wrong in a database. */
export class SqliteError {
  constructor(
    /** One of `SqliteCode`, or an extended code; 0 where the engine gave none. */
    readonly code: u32,
    readonly message: string,
  ) {}

  /** The primary code of an extended one: ConstraintUnique (2067) is a Constraint (19). */
  get primaryCode(): u32 {
    return this.code & 0xff;
  }

  toString(): string {
    return this.code == 0 ? this.message : `sqlite error ${this.code}: ${this.message}`;
  }
}

/** Bincode of an optional code and an optional message, host ABI 3.12. */
export function decodeError(reader: ByteReader): SqliteError {
  const code: u32 = reader.u8() != 0 ? reader.u32() : 0;
  return new SqliteError(code, reader.u8() != 0 ? reader.text() : "");
}

/** The primary result codes of sqlite, https://www.sqlite.org/rescode.html */
export enum SqliteCode {
  Ok = 0,
  /** No more special code applies. */
  Error = 1,
  Internal = 2,
  Perm = 3,
  Abort = 4,
  /** Another connection is writing. */
  Busy = 5,
  /** A conflict within this connection. */
  Locked = 6,
  NoMem = 7,
  ReadOnly = 8,
  Interrupt = 9,
  IoErr = 10,
  Corrupt = 11,
  NotFound = 12,
  /** The disk, or what it may hold, is full. */
  Full = 13,
  CantOpen = 14,
  Protocol = 15,
  Empty = 16,
  /** The tables have changed since the statement was prepared. */
  Schema = 17,
  TooBig = 18,
  /** For example a value that must be unique and is not. */
  Constraint = 19,
  Mismatch = 20,
  Misuse = 21,
  NoLfs = 22,
  Auth = 23,
  Format = 24,
  /** A value is bound to an index that the statement does not have. */
  Range = 25,
  NotADb = 26,
  Notice = 27,
  Warning = 28,
  Row = 100,
  Done = 101,
}
