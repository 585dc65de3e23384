import { ByteReader } from "./byteReader";

/** What went wrong in a database. */
export class SqliteError {
  constructor(
    /** One of `SqliteCode`, or an extended code; 0 where the engine gave none. */
    readonly code: u32,
    /** What the database says; empty where it says nothing. */
    readonly message: string,
  ) {}

  /** The primary code of an extended one: ConstraintUnique (2067) is a Constraint (19). */
  get primaryCode(): u32 {
    return this.code & 0xff;
  }

  /** The message, with its code where there is one. */
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
  /** No error. */
  Ok = 0,
  /** No more special code applies. */
  Error = 1,
  /** A mistake in sqlite itself. */
  Internal = 2,
  /** The file may not be used in this way. */
  Perm = 3,
  /** The statement was ended by a callback or a rollback. */
  Abort = 4,
  /** Another connection is writing. */
  Busy = 5,
  /** A conflict within this connection. */
  Locked = 6,
  /** Out of memory. */
  NoMem = 7,
  /** The database can only be read. */
  ReadOnly = 8,
  /** The statement was interrupted. */
  Interrupt = 9,
  /** Reading or writing the file failed. */
  IoErr = 10,
  /** The file is damaged. */
  Corrupt = 11,
  /** An unknown operation of the file system; sqlite uses it inside. */
  NotFound = 12,
  /** The disk, or what it may hold, is full. */
  Full = 13,
  /** The file cannot be opened. */
  CantOpen = 14,
  /** Locking the file failed. */
  Protocol = 15,
  /** Not in use. */
  Empty = 16,
  /** The tables have changed since the statement was prepared. */
  Schema = 17,
  /** A text or a blob is too long. */
  TooBig = 18,
  /** For example a value that must be unique and is not. */
  Constraint = 19,
  /** A value of another type than the column takes, such as a text as a rowid. */
  Mismatch = 20,
  /** The call came at the wrong time, such as with a finalized statement. */
  Misuse = 21,
  /** The file is larger than the system can hold. */
  NoLfs = 22,
  /** What the statement does is not allowed. */
  Auth = 23,
  /** Not in use. */
  Format = 24,
  /** A value is bound to an index that the statement does not have. */
  Range = 25,
  /** The file is not a database. */
  NotADb = 26,
  /** Something to log; not an error. */
  Notice = 27,
  /** Something to log that should be looked at. */
  Warning = 28,
  /** A step has come to a row. */
  Row = 100,
  /** A step has found no further row. */
  Done = 101,
}
