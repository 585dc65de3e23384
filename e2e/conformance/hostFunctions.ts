export type ValueType = "i32" | "i64" | "f64" | "v128";

export interface FunctionSignature {
  readonly params: readonly ValueType[];
  readonly result: ValueType | undefined;
}

export interface HostFunction extends FunctionSignature {
  /** Module name of the import. */
  readonly module: string;
  readonly name: string;
}

/**
 * The host functions as chapter 3 of the ABI declares them; a `q` is an i64, an `i` an i32, an `f` an f64, and what
 * follows a colon is the result. Written from the reference and not taken from the runtime, so that every case also
 * checks that a module with these types links.
 */
const DECLARATIONS: Readonly<Record<string, string>> = {
  "lunatic::error": "string_size(q:i) to_string(qi) drop(q)",
  "lunatic::message":
    "create_data(qq) write_data(ii:i) read_data(ii:i) seek_data(q) get_tag(:q) get_process_id(:q) data_size(:q) " +
    "push_module(q:q) take_module(q:q) push_tcp_stream(q:q) take_tcp_stream(q:q) push_tls_stream(q:q) " +
    "take_tls_stream(q:q) push_udp_socket(q:q) take_udp_socket(q:q) send(q:i) " +
    "send_receive_skip_search(qqq:i) receive(iiq:i)",
  "lunatic::timer": "send_after(qq:q) cancel_timer(q:i)",
  "lunatic::trap": "catch(ii:i)",
  "lunatic::process":
    "compile_module(iii:i) drop_module(q) create_config(:q) drop_config(q) config_set_max_memory(qq) " +
    "config_get_max_memory(q:q) config_set_max_fuel(qq) config_get_max_fuel(q:q) config_can_compile_modules(q:i) " +
    "config_set_can_compile_modules(qi) config_can_create_configs(q:i) config_set_can_create_configs(qi) " +
    "config_can_spawn_processes(q:i) config_set_can_spawn_processes(qi) spawn(qqqiiiii:i) " +
    "get_or_spawn(iiqqqiiiiii:i) sleep_ms(q) die_when_link_dies(i) process_id(:q) environment_id(:q) link(qq) " +
    "unlink(q) monitor(q) stop_monitoring(q) kill(q) exists(q:i)",
  "lunatic::registry": "put(iiqq) get(iiii:i) remove(ii)",
  "lunatic::wasi":
    "config_add_environment_variable(qiiii) config_add_command_line_argument(qii) config_preopen_dir(qii)",
  "lunatic::distributed":
    "nodes_count(:i) get_nodes(ii:i) node_id(:q) module_id(:q) spawn(qqqiiiii:i) send(qq:i) " +
    "send_receive_skip_search(qqqq:i) exec_lookup_nodes(iiiii:i) copy_lookup_nodes_results(qiii:i) " +
    "test_root_cert(i:i) default_server_certificates(iiiii:i) sign_node(iiiiiii:i)",
  "lunatic::version": "major(:i) minor(:i) patch(:i)",
  "lunatic::metrics":
    "counter(iiq) increment_counter(ii) gauge(iif) increment_gauge(iif) decrement_gauge(iif) histogram(iif)",
  wasi_snapshot_preview1:
    "fd_write(iiii:i) clock_time_get(iqi:i) proc_exit(i) proc_raise(i:i) args_sizes_get(ii:i) args_get(ii:i) " +
    "environ_sizes_get(ii:i) environ_get(ii:i) fd_prestat_get(ii:i) fd_prestat_dir_name(iii:i) sched_yield(:i) " +
    "path_open(iiiiiqqii:i)",
};

const LETTERS: Readonly<Record<string, ValueType>> = { i: "i32", q: "i64", f: "f64" };

/** The host functions by the name that snippets call them by: `message.send`, and `preview1.…` for WASI's. */
export const HOST_FUNCTIONS: ReadonlyMap<string, HostFunction> = new Map(
  Object.entries(DECLARATIONS).flatMap(([module, declarations]) =>
    declarations.split(" ").map((declaration): [string, HostFunction] => {
      const [, name, params, result] = /^(\w+)\((\w*):?(\w?)\)$/.exec(declaration)!;
      const signature = {
        module,
        name: name!,
        params: [...params!].map((letter) => LETTERS[letter]!),
        result: LETTERS[result!],
      };
      return [`${prefixOf(module)}.${name}`, signature];
    }),
  ),
);

function prefixOf(module: string): string {
  return module === "wasi_snapshot_preview1" ? "preview1" : module.slice("lunatic::".length);
}
