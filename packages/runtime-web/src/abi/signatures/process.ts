import { blocking, plain } from "./signature.ts";

/**
 * lunatic::process, host ABI 3.6, ch. 4, 7 and 9. compile_module is synchronous natively; here it may park its
 * caller, because browsers compile large modules asynchronously; so may exists, because without shared memory only one
 * executor knows the answer.
 */
export const processSignatures = {
  compile_module: blocking(["module_data_ptr: i32", "module_data_len: i32", "id_ptr: i32"], "i32"),
  drop_module: plain(["module_id: i64"]),
  create_config: plain([], "i64"),
  drop_config: plain(["config_id: i64"]),
  config_set_max_memory: plain(["config_id: i64", "max_memory: i64"]),
  config_get_max_memory: plain(["config_id: i64"], "i64"),
  config_set_max_fuel: plain(["config_id: i64", "max_fuel: i64"]),
  config_get_max_fuel: plain(["config_id: i64"], "i64"),
  config_can_compile_modules: plain(["config_id: i64"], "i32"),
  config_set_can_compile_modules: plain(["config_id: i64", "can: i32"]),
  config_can_create_configs: plain(["config_id: i64"], "i32"),
  config_set_can_create_configs: plain(["config_id: i64", "can: i32"]),
  config_can_spawn_processes: plain(["config_id: i64"], "i32"),
  config_set_can_spawn_processes: plain(["config_id: i64", "can: i32"]),
  spawn: blocking(
    [
      "link: i64",
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
  get_or_spawn: blocking(
    [
      "name_ptr: i32",
      "name_len: i32",
      "link: i64",
      "config_id: i64",
      "module_id: i64",
      "func_ptr: i32",
      "func_len: i32",
      "params_ptr: i32",
      "params_len: i32",
      "node_id_ptr: i32",
      "id_ptr: i32",
    ],
    "i32",
  ),
  sleep_ms: blocking(["ms: i64"]),
  die_when_link_dies: plain(["trap: i32"]),
  process_id: plain([], "i64"),
  environment_id: plain([], "i64"),
  link: plain(["tag: i64", "process_id: i64"]),
  unlink: plain(["process_id: i64"]),
  monitor: plain(["process_id: i64"]),
  stop_monitoring: plain(["process_id: i64"]),
  kill: plain(["process_id: i64"]),
  exists: blocking(["process_id: i64"], "i32"),
};
