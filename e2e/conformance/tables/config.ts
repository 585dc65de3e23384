import type { ConformanceCase } from "../conformanceCase.ts";

const UNKNOWN_CONFIG = "config 7 does not exist";

function trapsWithoutConfig(name: string, call: string): ConformanceCase {
  return {
    chapter: name.startsWith("wasi") ? "3.8" : "3.6",
    name: `${name} of an unknown config traps`,
    body: call,
    ends: `trapped: lunatic::${name.replace(".", "::")}: ${UNKNOWN_CONFIG}`,
  };
}

/** Host ABI 3.6, 3.8 and ch. 9: configs, and what they allow. */
export const configCases: readonly ConformanceCase[] = [
  trapsWithoutConfig("process.drop_config", `(process.drop_config 7)`),
  trapsWithoutConfig("process.config_set_max_memory", `(process.config_set_max_memory 7 1)`),
  trapsWithoutConfig("process.config_get_max_memory", `(drop (process.config_get_max_memory 7))`),
  trapsWithoutConfig("process.config_set_max_fuel", `(process.config_set_max_fuel 7 1)`),
  trapsWithoutConfig("process.config_get_max_fuel", `(drop (process.config_get_max_fuel 7))`),
  trapsWithoutConfig("process.config_can_compile_modules", `(drop (process.config_can_compile_modules 7))`),
  trapsWithoutConfig(
    "process.config_set_can_compile_modules",
    `(process.config_set_can_compile_modules 7 1)`,
  ),
  trapsWithoutConfig("process.config_can_create_configs", `(drop (process.config_can_create_configs 7))`),
  trapsWithoutConfig("process.config_set_can_create_configs", `(process.config_set_can_create_configs 7 1)`),
  trapsWithoutConfig("process.config_can_spawn_processes", `(drop (process.config_can_spawn_processes 7))`),
  trapsWithoutConfig(
    "process.config_set_can_spawn_processes",
    `(process.config_set_can_spawn_processes 7 1)`,
  ),
  trapsWithoutConfig(
    "wasi.config_add_environment_variable",
    `(wasi.config_add_environment_variable 7 "key" "value")`,
  ),
  trapsWithoutConfig(
    "wasi.config_add_command_line_argument",
    `(wasi.config_add_command_line_argument 7 "argument")`,
  ),
  trapsWithoutConfig("wasi.config_preopen_dir", `(wasi.config_preopen_dir 7 ".")`),
  {
    chapter: "9",
    name: "a new config allows nothing, has 4 GiB less a byte and unlimited fuel",
    body: `
      (report (process.create_config))
      (report (process.config_get_max_memory 0)) (report (process.config_get_max_fuel 0))
      (report (process.config_can_compile_modules 0)) (report (process.config_can_create_configs 0))
      (report (process.config_can_spawn_processes 0))`,
    reports: [0, 4_294_967_295, 0, 0, 0, 0],
  },
  {
    chapter: "3.6",
    name: "setters are read back, each its own",
    body: `
      (drop (process.create_config)) (drop (process.create_config))
      (process.config_set_max_memory 1 65536) (process.config_set_max_fuel 1 3)
      (process.config_set_can_create_configs 1 1)
      (report (process.config_get_max_memory 1)) (report (process.config_get_max_fuel 1))
      (report (process.config_can_compile_modules 1)) (report (process.config_can_create_configs 1))
      (report (process.config_can_spawn_processes 1)) (report (process.config_can_create_configs 0))`,
    reports: [65536, 3, 0, 1, 0, 0],
  },
  {
    chapter: "3.6",
    name: "limits are unsigned numbers of 64 bits",
    body: `
      (drop (process.create_config)) (process.config_set_max_memory 0 -1) (process.config_set_max_fuel 0 -2)
      (report (process.config_get_max_memory 0)) (report (process.config_get_max_fuel 0))`,
    reports: [-1, -2],
  },
  {
    chapter: "3.6",
    name: "any number but 0 grants a permission, and 0 takes it back",
    body: `
      (drop (process.create_config))
      (process.config_set_can_compile_modules 0 -1) (report (process.config_can_compile_modules 0))
      (process.config_set_can_compile_modules 0 0) (report (process.config_can_compile_modules 0))
      (process.config_set_can_spawn_processes 0 2) (report (process.config_can_spawn_processes 0))`,
    reports: [1, 0, 1],
  },
  {
    chapter: "3.6",
    name: "a dropped config is gone, and its id is not used again",
    body: `
      (drop (process.create_config)) (process.drop_config 0) (report (process.create_config))
      (drop (process.config_get_max_fuel 0))`,
    reports: [1],
    ends: "trapped: lunatic::process::config_get_max_fuel: config 0 does not exist",
  },
  {
    chapter: "9",
    name: "create_config answers -1 without the permission",
    body: `
      (drop (process.create_config)) (ok (process.spawn 0 0 -1 "child" "" 256)) (drop (receive)) (report (word))`,
    entries: { child: `(send_word 1 0 (process.create_config))` },
    reports: [-1],
    notices: ["Process 2 was denied create_config, which answered -1: its config lacks can_create_configs"],
  },
  {
    chapter: "9",
    name: "compile_module answers -1 without the permission and writes nothing",
    body: `
      (drop (process.create_config)) (ok (process.spawn 0 0 -1 "child" "" 256))
      (drop (receive)) (report (word)) (report (word))`,
    entries: {
      child: `
        (mark 272 8) (i64.store 264 (i64.extend_i32_s (process.compile_module "not wasm" 272)))
        (message.create_data 0 0) (drop (message.write_data 264 16)) (drop (message.send 1))`,
    },
    reports: [-1, 0xaaaaaaaaaaaaaaaan - 2n ** 64n],
    notices: ["Process 2 was denied compile_module, which answered -1: its config lacks can_compile_modules"],
  },
  {
    chapter: "9",
    name: "spawn traps without the permission",
    body: `
      (process.die_when_link_dies 0) (drop (process.create_config))
      (ok (process.spawn 3 0 -1 "child" "" 256)) (report (receive)) (report (message.get_tag))`,
    entries: { child: `(drop (start "child"))` },
    reports: [1, 3],
    notices: ["Process 2 was denied a spawn, which trapped: its config lacks can_spawn_processes"],
  },
  {
    chapter: "9",
    name: "a process that may create configs may grant more than it has",
    body: `
      (drop (process.create_config)) (process.config_set_can_create_configs 0 1)
      (process.config_set_can_spawn_processes 0 1)
      (ok (process.spawn 0 0 -1 "child" "" 256)) (drop (receive)) (report (word))`,
    entries: {
      child: `
        (drop (process.create_config)) (process.config_set_can_compile_modules 0 1)
        (ok (process.spawn 0 0 -1 "grandchild" "" 256))`,
      grandchild: `(send_word 1 0 (i64.extend_i32_s (process.compile_module "not wasm" 256)))`,
    },
    reports: [1],
  },
  {
    chapter: "4",
    name: "config -1 is the caller's own",
    body: `
      (drop (process.create_config)) (process.config_set_can_spawn_processes 0 1)
      (ok (process.spawn 0 0 -1 "child" "" 256)) (drop (receive)) (report (word))`,
    entries: {
      child: `(drop (start "grandchild"))`,
      grandchild: `(send_word 1 0 (process.create_config))`,
    },
    reports: [-1],
    notices: ["was denied create_config, which answered -1"],
  },
  {
    chapter: "4",
    name: "a config is copied when a process is spawned with it",
    body: `
      (drop (process.create_config)) (process.config_set_can_create_configs 0 1)
      (ok (process.spawn 0 0 -1 "child" "" 256))
      (process.config_set_can_create_configs 0 0) (process.drop_config 0) (send_word 2 0 0)
      (drop (receive)) (report (word))`,
    entries: { child: `(drop (receive)) (send_word 1 0 (process.create_config))` },
    reports: [0],
  },
  {
    chapter: "9",
    name: "a limit of 0 units of fuel is none",
    body: `
      (local $i i64)
      (drop (process.create_config)) (process.config_set_max_fuel 0 0)
      (ok (process.spawn 0 0 -1 "child" "" 256)) (drop (receive)) (report (word))`,
    entries: {
      child: `
        (local $i i64)
        (loop $next (local.set $i (i64.add $i 1)) (br_if $next (i64.lt_u $i 1000000)))
        (send_word 1 0 $i)`,
    },
    reports: [1_000_000],
  },
  {
    chapter: "9",
    name: "a process that has used its fuel ends as Failure",
    body: `
      (process.die_when_link_dies 0) (drop (process.create_config)) (process.config_set_max_fuel 0 2)
      (ok (process.spawn 3 0 -1 "child" "" 256)) (report (receive)) (report (message.get_tag))`,
    entries: { child: `(loop $for_ever (br $for_ever))` },
    reports: [1, 3],
    notices: ["Process 2 was denied more fuel, without which it ends: max_fuel of its config is 2 units"],
  },
  {
    chapter: "9",
    name: "three units of fuel are 300,000 instructions, those of host calls not counted",
    body: `
      (local $count i64)
      (process.die_when_link_dies 0) (drop (process.create_config)) (process.config_set_max_fuel 0 3)
      (ok (process.spawn 9 0 -1 "child" "" 256))
      (block $dead
        (loop $next
          (br_if $dead (receive))
          (local.set $count (i64.add $count 1))
          (br $next)))
      (report (i64.gt_u $count 290)) (report (i64.lt_u $count 320))`,
    entries: {
      child: `
        (local $i i64)
        (loop $for_ever
          (send_word 1 0 0)
          (local.set $i (i64.const 0))
          (loop $next (local.set $i (i64.add $i 1)) (br_if $next (i64.lt_u $i 120)))
          (br $for_ever))`,
    },
    reports: [1, 1],
    notices: ["max_fuel of its config is 3 units"],
  },
  {
    chapter: "9",
    name: "a process that needs less than its fuel ends by itself",
    body: `
      (drop (process.create_config)) (process.config_set_max_fuel 0 2)
      (ok (process.spawn 3 0 -1 "child" "" 256)) (drop (receive)) (report (word))`,
    entries: {
      child: `
        (local $i i64)
        (loop $next (local.set $i (i64.add $i 1)) (br_if $next (i64.lt_u $i 20000)))
        (send_word 1 0 $i)`,
    },
    reports: [20_000],
  },
  {
    chapter: "9",
    name: "fuel used up inside a catch ends the process right after it",
    body: `
      (process.die_when_link_dies 0) (drop (process.create_config)) (process.config_set_max_fuel 0 1)
      (ok (process.spawn 3 0 -1 "child" "" 256)) (report (receive)) (report (message.get_tag))`,
    entries: {
      child: `(drop (trap.catch 0 0)) (loop $for_ever (br $for_ever))`,
      _lunatic_catch_trap: `(param i32) (param i32) (result i32) (loop $for_ever (br $for_ever)) (i32.const 0)`,
    },
    reports: [1, 3],
    notices: ["Process 2 was denied more fuel"],
  },
  {
    chapter: "9",
    name: "each process has the whole fuel of its config",
    body: `
      (local $i i64)
      (drop (process.create_config)) (process.config_set_max_fuel 0 3)
      (ok (process.spawn 0 0 -1 "child" "" 256)) (ok (process.spawn 0 0 -1 "child" "" 256))
      (drop (receive)) (report (word)) (drop (receive)) (report (word))`,
    entries: {
      child: `
        (local $i i64)
        (loop $next (local.set $i (i64.add $i 1)) (br_if $next (i64.lt_u $i 30000)))
        (send_word 1 0 $i)`,
    },
    reports: [30_000, 30_000],
  },
  {
    chapter: "9",
    name: "memory.grow beyond max_memory answers -1 and the process goes on",
    body: `
      (drop (process.create_config)) (process.config_set_max_memory 0 196608)
      (ok (process.spawn 0 0 -1 "child" "" 256))
      (drop (receive)) (report (word)) (report (word)) (report (word)) (report (word))`,
    entries: {
      child: `
        (i64.store 264 (i64.extend_i32_s (memory.grow 2))) (i64.store 272 (i64.extend_i32_s (memory.grow 1)))
        (i64.store 280 (i64.extend_i32_s (memory.grow 0))) (i64.store 288 (i64.extend_i32_s (memory.size)))
        (message.create_data 0 0) (drop (message.write_data 264 32)) (drop (message.send 1))`,
    },
    reports: [1, -1, 3, 3],
    notices: [
      "Process 2 was denied memory.grow from 3 by 1 pages, which answered -1: max_memory of its config is 196608",
    ],
  },
  {
    chapter: "9",
    name: "a max_memory between two pages allows the smaller",
    body: `
      (drop (process.create_config)) (process.config_set_max_memory 0 196607)
      (ok (process.spawn 0 0 -1 "child" "" 256)) (drop (receive)) (report (word))`,
    entries: {
      child: `(drop (memory.grow 1)) (send_word 1 0 (i64.extend_i32_s (memory.grow 1)))`,
    },
    reports: [-1],
    notices: ["max_memory of its config is 196607"],
  },
  {
    chapter: "9",
    name: "an initial memory above max_memory fails the spawn",
    pages: 2,
    body: `
      (drop (process.create_config)) (process.config_set_max_memory 0 131071) (mark 256 16)
      (report (process.spawn 0 0 -1 "child" "" 264)) (report (i64.load 264))
      (report (i32.gt_s (error.string_size 0) 0))`,
    entries: { child: "" },
    reports: [1, 0, 1],
    notices: ["Process 2 was denied 131072 bytes of initial memory"],
  },
  {
    chapter: "9",
    name: "an initial memory of exactly max_memory is allowed",
    body: `
      (drop (process.create_config)) (process.config_set_max_memory 0 65536)
      (ok (process.spawn 0 0 -1 "child" "" 256)) (drop (receive)) (report (word))`,
    entries: { child: `(send_word 1 0 1)` },
    reports: [1],
  },
];
