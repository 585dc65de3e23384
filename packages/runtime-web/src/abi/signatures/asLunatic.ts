import { blocking, type NamespaceSignatures } from "./signature.ts";

/**
 * What as-lunatic 0.12 declares differently (host ABI ch. 2). Natively such a module does not compile; here the
 * declared types decide which meaning a call has:
 * - send_receive_skip_search without wait_on_tag waits on the tag of the message being sent, any message if that
 *   has none (its meaning before January 2023).
 * - distributed::spawn with a leading link: as without it.
 * - read and peek timeouts as i32: as the i64 form; set_peek_timeout answers 0.
 */
export const messageAsLunatic = {
  send_receive_skip_search: blocking(["process_id: i64", "timeout: i64"], "i32"),
};

export const distributedAsLunatic = {
  spawn: blocking(
    [
      "link: i64",
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
  send_receive_skip_search: blocking(["node_id: i64", "process_id: i64", "timeout: i64"], "i32"),
};

export const networkingAsLunatic = {
  get_read_timeout: blocking(["stream_id: i64"], "i32"),
  get_peek_timeout: blocking(["stream_id: i64"], "i32"),
  set_peek_timeout: blocking(["stream_id: i64", "ms: i64"], "i32"),
};

export const asLunaticSignatures: Readonly<Record<string, NamespaceSignatures>> = {
  "lunatic::message": messageAsLunatic,
  "lunatic::distributed": distributedAsLunatic,
  "lunatic::networking": networkingAsLunatic,
};
