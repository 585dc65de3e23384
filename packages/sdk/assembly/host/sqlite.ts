/** The imports of `lunatic::sqlite`, as the host has them. */

/** Opens a database. 0: the id of a connection; 1: of an error. */
// @ts-ignore: decorator
@external("lunatic::sqlite", "open")
export declare function open(pathStrPtr: usize, pathStrLen: u32, connectionIdPtr: usize): u64;

/** Prepares a statement. SQL that is wrong traps. */
// @ts-ignore: decorator
@external("lunatic::sqlite", "query_prepare")
export declare function query_prepare(connId: u64, queryStrPtr: usize, queryStrLen: u32): u64;

/** Runs SQL that asks for no rows. 0, or the result code of sqlite. */
// @ts-ignore: decorator
@external("lunatic::sqlite", "execute")
export declare function execute(connId: u64, execStrPtr: usize, execStrLen: u32): u32;

/** Binds values to a statement: bincode of a BindList. */
// @ts-ignore: decorator
@external("lunatic::sqlite", "bind_value")
export declare function bind_value(statementId: u64, bindDataPtr: usize, bindDataLen: u32): void;

/** How many rows the last statement of a connection has changed. */
// @ts-ignore: decorator
@external("lunatic::sqlite", "sqlite3_changes")
export declare function sqlite3_changes(connId: u64): u32;

/** Makes a statement ready to be run again. */
// @ts-ignore: decorator
@external("lunatic::sqlite", "statement_reset")
export declare function statement_reset(statementId: u64): void;

/** The last error of a connection, as an allocation with bincode in it. */
// @ts-ignore: decorator
@external("lunatic::sqlite", "last_error")
export declare function last_error(connId: u64, outPtr: usize): u32;

/** Forgets a statement. */
// @ts-ignore: decorator
@external("lunatic::sqlite", "sqlite3_finalize")
export declare function sqlite3_finalize(statementId: u64): void;

/** Goes to the next row. 100: there is one; 101: there is none. An error traps. */
// @ts-ignore: decorator
@external("lunatic::sqlite", "sqlite3_step")
export declare function sqlite3_step(statementId: u64): u32;

/** A value of the row, as an allocation with bincode in it. */
// @ts-ignore: decorator
@external("lunatic::sqlite", "read_column")
export declare function read_column(statementId: u64, colIdx: u32, outPtr: usize): u32;

/** The names of the columns, as an allocation with bincode in it. */
// @ts-ignore: decorator
@external("lunatic::sqlite", "column_names")
export declare function column_names(statementId: u64, outPtr: usize): u32;

/** The values of the row, as an allocation with bincode in it. */
// @ts-ignore: decorator
@external("lunatic::sqlite", "read_row")
export declare function read_row(statementId: u64, outPtr: usize): u32;

/** How many columns the rows of a statement have. */
// @ts-ignore: decorator
@external("lunatic::sqlite", "column_count")
export declare function column_count(statementId: u64): u32;

/** The name of a column, as an allocation with UTF-8 in it. */
// @ts-ignore: decorator
@external("lunatic::sqlite", "column_name")
export declare function column_name(statementId: u64, columnIdx: u32, outPtr: usize): u32;
