import { plain } from "./signature.ts";

/** lunatic::sqlite, host ABI 3.12. */
export const sqliteSignatures = {
  open: plain(["path_str_ptr: i32", "path_str_len: i32", "connection_id_ptr: i32"], "i64"),
  query_prepare: plain(["conn_id: i64", "query_str_ptr: i32", "query_str_len: i32"], "i64"),
  execute: plain(["conn_id: i64", "exec_str_ptr: i32", "exec_str_len: i32"], "i32"),
  bind_value: plain(["statement_id: i64", "bind_data_ptr: i32", "bind_data_len: i32"]),
  sqlite3_changes: plain(["conn_id: i64"], "i32"),
  statement_reset: plain(["statement_id: i64"]),
  last_error: plain(["conn_id: i64", "out_ptr: i32"], "i32"),
  sqlite3_finalize: plain(["statement_id: i64"]),
  sqlite3_step: plain(["statement_id: i64"], "i32"),
  read_column: plain(["statement_id: i64", "col_idx: i32", "out_ptr: i32"], "i32"),
  column_names: plain(["statement_id: i64", "out_ptr: i32"], "i32"),
  read_row: plain(["statement_id: i64", "out_ptr: i32"], "i32"),
  column_count: plain(["statement_id: i64"], "i32"),
  column_name: plain(["statement_id: i64", "column_idx: i32", "out_ptr: i32"], "i32"),
};
