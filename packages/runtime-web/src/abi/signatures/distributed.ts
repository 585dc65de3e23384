import { blocking, plain } from "./signature.ts";

/** lunatic::distributed, host ABI 3.9 and ch. 16. */
export const distributedSignatures = {
  nodes_count: plain([], "i32"),
  get_nodes: plain(["nodes_ptr: i32", "nodes_len: i32"], "i32"),
  node_id: plain([], "i64"),
  module_id: plain([], "i64"),
  spawn: blocking(
    [
      "node_id: i64",
      "config_id: i64",
      "module_id: i64",
      "func_ptr: i32",
      "func_len: i32",
      "params_ptr: i32",
      "params_len: i32",
      "id_ptr: i32",
    ],
    "i32",
  ),
  send: blocking(["node_id: i64", "process_id: i64"], "i32"),
  send_receive_skip_search: blocking(
    ["node_id: i64", "process_id: i64", "wait_on_tag: i64", "timeout: i64"],
    "i32",
  ),
  exec_lookup_nodes: blocking(
    ["query_ptr: i32", "query_len: i32", "query_id_ptr: i32", "nodes_len_ptr: i32", "error_ptr: i32"],
    "i32",
  ),
  copy_lookup_nodes_results: plain(
    ["query_id: i64", "nodes_ptr: i32", "nodes_len: i32", "error_ptr: i32"],
    "i32",
  ),
  test_root_cert: plain(["len_ptr: i32"], "i32"),
  default_server_certificates: plain(
    ["cert_pem_ptr: i32", "cert_pem_len: i32", "pk_pem_ptr: i32", "pk_pem_len: i32", "len_ptr: i32"],
    "i32",
  ),
  sign_node: plain(
    [
      "cert_pem_ptr: i32",
      "cert_pem_len: i32",
      "pk_pem_ptr: i32",
      "pk_pem_len: i32",
      "csr_pem_ptr: i32",
      "csr_pem_len: i32",
      "len_ptr: i32",
    ],
    "i32",
  ),
};
