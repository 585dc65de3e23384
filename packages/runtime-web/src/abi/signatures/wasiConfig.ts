import { plain } from "./signature.ts";

/** lunatic::wasi, host ABI 3.8: what a config gives to the WASI context of processes spawned with it. */
export const wasiConfigSignatures = {
  config_add_environment_variable: plain([
    "config_id: i64",
    "key_ptr: i32",
    "key_len: i32",
    "value_ptr: i32",
    "value_len: i32",
  ]),
  config_add_command_line_argument: plain(["config_id: i64", "argument_ptr: i32", "argument_len: i32"]),
  config_preopen_dir: plain(["config_id: i64", "dir_ptr: i32", "dir_len: i32"]),
};
