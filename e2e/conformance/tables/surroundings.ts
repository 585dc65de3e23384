import type { ConformanceCase } from "../conformanceCase.ts";

/** Reports how many arguments (or variables) there are, the size of their text, and the text. */
const list = (sizes: string, get: string) => `
  (ok (${sizes} 256 260)) (report (i32.load 256)) (report (i32.load 260))
  (ok (${get} 512 1024)) (dump 1024 (i32.load 260))`;

const ARGUMENTS = list("preview1.args_sizes_get", "preview1.args_get");
const VARIABLES = list("preview1.environ_sizes_get", "preview1.environ_get");

/** Lets a child do that and answer with what it read. */
const sendList = (sizes: string, get: string) => `
  (ok (${sizes} 256 260)) (ok (${get} 512 1024))
  (message.create_data (i64.extend_i32_u (i32.load 256)) 0) (drop (message.write_data 1024 (i32.load 260)))
  (drop (message.send 1))`;

const READ_LIST = `
  (drop (receive)) (report (message.get_tag)) (i32.store 256 (message.read_data 1024 64)) (dump 1024 (i32.load 256))`;

/** Host ABI 3.8 and 3.13: what a process is given by its config. */
export const surroundingsCases: readonly ConformanceCase[] = [
  {
    chapter: "3.13",
    name: "the root's arguments are the module's name and those of the run",
    body: ARGUMENTS,
    args: ["a", "bc"],
    reports: [3, 15, "636173652e7761736d006100626300"],
  },
  {
    chapter: "3.13",
    name: "a process with a new config has no arguments",
    body: `(drop (process.create_config)) (ok (process.spawn 0 0 -1 "child" "" 256)) ${READ_LIST}`,
    entries: { child: sendList("preview1.args_sizes_get", "preview1.args_get") },
    reports: [0, ""],
  },
  {
    chapter: "3.8",
    name: "arguments of a config come in the order they were added, argv[0] included",
    body: `
      (drop (process.create_config))
      (wasi.config_add_command_line_argument 0 "x") (wasi.config_add_command_line_argument 0 "yz")
      (ok (process.spawn 0 0 -1 "child" "" 256)) ${READ_LIST}`,
    entries: { child: sendList("preview1.args_sizes_get", "preview1.args_get") },
    reports: [2, "7800797a00"],
  },
  {
    chapter: "3.13",
    name: "a process with a new config has no environment variables",
    body: `(drop (process.create_config)) (ok (process.spawn 0 0 -1 "child" "" 256)) ${READ_LIST}`,
    entries: { child: sendList("preview1.environ_sizes_get", "preview1.environ_get") },
    env: { HOME: "/" },
    reports: [0, ""],
  },
  {
    chapter: "3.8",
    name: "environment variables of a config come in the order they were added",
    body: `
      (drop (process.create_config))
      (wasi.config_add_environment_variable 0 "b" "1") (wasi.config_add_environment_variable 0 "a" "")
      (ok (process.spawn 0 0 -1 "child" "" 256)) ${READ_LIST}`,
    entries: { child: sendList("preview1.environ_sizes_get", "preview1.environ_get") },
    reports: [2, "623d3100613d00"],
  },
  {
    chapter: "3.13",
    name: "the root has the environment variables of the run",
    body: VARIABLES,
    env: { K: "v" },
    reports: [1, 4, "4b3d7600"],
  },
  {
    chapter: "4",
    name: "config -1 hands on arguments and environment variables",
    body: `(drop (start "child")) ${READ_LIST}`,
    entries: { child: sendList("preview1.args_sizes_get", "preview1.args_get") },
    args: ["q"],
    reports: [2, "636173652e7761736d007100"],
  },
  {
    chapter: "3.13",
    name: "the root's first preopened directory is descriptor 3, named as it was given",
    body: `
      (report (preview1.fd_prestat_get 3 256)) (report (i32.load 260))
      (report (preview1.fd_prestat_dir_name 3 512 1)) (say 512 1) (report (preview1.fd_prestat_get 4 256))`,
    reports: [0, 1, 0, ".", 8],
  },
  {
    chapter: "3.13",
    name: "a process with a new config has no preopened directory",
    body: `
      (drop (process.create_config)) (ok (process.spawn 0 0 -1 "child" "" 256)) (drop (receive)) (report (word))`,
    entries: { child: `(send_word 1 0 (i64.extend_i32_u (preview1.fd_prestat_get 3 256)))` },
    reports: [8],
  },
  {
    chapter: "3.8",
    name: "a config's directories are preopened in order, by the name given",
    body: `
      (drop (process.create_config)) (wasi.config_preopen_dir 0 ".")
      (ok (process.spawn 0 0 -1 "child" "" 256)) (drop (receive)) (report (word)) (report (word))`,
    entries: {
      child: `
        (ok (preview1.fd_prestat_dir_name 3 512 1))
        (i64.store 264 (i64.load8_u 512)) (i64.store 272 (i64.extend_i32_u (preview1.fd_prestat_get 4 256)))
        (message.create_data 0 0) (drop (message.write_data 264 16)) (drop (message.send 1))`,
    },
    reports: [0x2e, 8],
  },
  {
    chapter: "3.13",
    name: "a preopened directory that does not exist makes the spawn trap, and not the config",
    body: `
      (drop (process.create_config)) (wasi.config_preopen_dir 0 "no/such/place") (report 1)
      (drop (process.spawn 0 0 -1 "child" "" 256))`,
    entries: { child: "" },
    reports: [1],
    ends: "trapped: lunatic::process::spawn",
    notices: [
      'Process 1 was denied a spawn, which trapped: the config preopens a directory, but Cannot open the directory "no/such/place"',
    ],
  },
  {
    chapter: "9",
    name: "what is outside the preopened directories cannot be opened",
    body: `(report (preview1.path_open 3 0 "../secret" 0 2 0 0 256))`,
    reports: [63],
    notices: [
      'Process 1 was denied the path "../secret": it leads outside the directory its config preopens',
    ],
  },
  {
    chapter: "1",
    name: "a config's text that is not UTF-8 traps: an argument",
    body: `(drop (process.create_config)) (wasi.config_add_command_line_argument 0 "\\ff")`,
    ends: "trapped: lunatic::wasi::config_add_command_line_argument: the string of 1 bytes",
  },
  {
    chapter: "1",
    name: "a config's text that is not UTF-8 traps: a variable's value",
    body: `(drop (process.create_config)) (wasi.config_add_environment_variable 0 "a" "\\ff")`,
    ends: "trapped: lunatic::wasi::config_add_environment_variable: the string of 1 bytes",
  },
  {
    chapter: "1",
    name: "a config's text that is not UTF-8 traps: a directory",
    body: `(drop (process.create_config)) (wasi.config_preopen_dir 0 "\\ff")`,
    ends: "trapped: lunatic::wasi::config_preopen_dir: the string of 1 bytes",
  },
  {
    chapter: "17.21",
    name: "sched_yield answers 0",
    body: `(report (preview1.sched_yield))`,
    reports: [0],
  },
];
