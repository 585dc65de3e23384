import { blocking, plain } from "./signature.ts";

/**
 * lunatic::sqlite, host ABI 3.12. Natively all answer at once; here the database is in another worker. What calls the
 * guest's allocator counts as blocking too: its memory may move meanwhile.
 */
export const sqliteSignatures = {
  open: blocking(["path_str_ptr: i32", "path_str_len: i32", "connection_id_ptr: i32"], "i64"),
  query_prepare: blocking(["conn_id: i64", "query_str_ptr: i32", "query_str_len: i32"], "i64"),
  execute: blocking(["conn_id: i64", "exec_str_ptr: i32", "exec_str_len: i32"], "i32"),
  bind_value: plain(["statement_id: i64", "bind_data_ptr: i32", "bind_data_len: i32"]),
  sqlite3_changes: plain(["conn_id: i64"], "i32"),
  statement_reset: plain(["statement_id: i64"]),
  last_error: blocking(["conn_id: i64", "out_ptr: i32"], "i32"),
  sqlite3_finalize: plain(["statement_id: i64"]),
  sqlite3_step: blocking(["statement_id: i64"], "i32"),
  read_column: blocking(["statement_id: i64", "col_idx: i32", "out_ptr: i32"], "i32"),
  column_names: blocking(["statement_id: i64", "out_ptr: i32"], "i32"),
  read_row: blocking(["statement_id: i64", "out_ptr: i32"], "i32"),
  column_count: plain(["statement_id: i64"], "i32"),
  column_name: blocking(["statement_id: i64", "column_idx: i32", "out_ptr: i32"], "i32"),
};
