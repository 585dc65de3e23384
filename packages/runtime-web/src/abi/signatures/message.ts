import { blocking, plain } from "./signature.ts";

/** lunatic::message, host ABI 3.2 and ch. 6. */
export const messageSignatures = {
  create_data: plain(["tag: i64", "capacity: i64"]),
  write_data: plain(["ptr: i32", "len: i32"], "i32"),
  read_data: plain(["ptr: i32", "len: i32"], "i32"),
  seek_data: plain(["index: i64"]),
  get_tag: plain([], "i64"),
  get_process_id: plain([], "i64"),
  data_size: plain([], "i64"),
  push_module: plain(["module_id: i64"], "i64"),
  take_module: plain(["index: i64"], "i64"),
  push_tcp_stream: plain(["stream_id: i64"], "i64"),
  take_tcp_stream: plain(["index: i64"], "i64"),
  push_tls_stream: plain(["stream_id: i64"], "i64"),
  take_tls_stream: plain(["index: i64"], "i64"),
  send: plain(["process_id: i64"], "i32"),
  send_receive_skip_search: blocking(["process_id: i64", "wait_on_tag: i64", "timeout: i64"], "i32"),
  receive: blocking(["tag_ptr: i32", "tag_len: i32", "timeout: i64"], "i32"),
  push_udp_socket: plain(["socket_id: i64"], "i64"),
  take_udp_socket: plain(["index: i64"], "i64"),
};
