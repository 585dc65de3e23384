import type { ConformanceCase } from "../conformanceCase.ts";

/** Host ABI 3.7, ch. 8, and get_or_spawn of 3.6. */
export const registryCases: readonly ConformanceCase[] = [
  {
    chapter: "3.7",
    name: "get answers 0 and writes node and process, 8 bytes each",
    body: `
      (registry.put "name" 7 99) (mark 256 40)
      (report (registry.get "name" 264 280)) (dump 256 40)`,
    reports: [0, "aaaaaaaaaaaaaaaa0700000000000000aaaaaaaaaaaaaaaa6300000000000000aaaaaaaaaaaaaaaa"],
  },
  {
    chapter: "3.7",
    name: "get of an unknown name answers 1 and writes nothing",
    body: `(mark 256 16) (report (registry.get "name" 256 264)) (dump 256 16)`,
    reports: [1, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"],
  },
  {
    chapter: "3.7",
    name: "put overwrites",
    body: `
      (registry.put "name" 0 1) (registry.put "name" 0 2) (drop (registry.get "name" 256 264)) (report (i64.load 264))`,
    reports: [2],
  },
  {
    chapter: "3.7",
    name: "put does not check that the process exists, and keeps any number",
    body: `
      (registry.put "name" -1 -2) (drop (registry.get "name" 256 264))
      (report (i64.load 256)) (report (i64.load 264))`,
    reports: [-1, -2],
  },
  {
    chapter: "3.7",
    name: "remove forgets the name",
    body: `(registry.put "name" 0 1) (registry.remove "name") (report (registry.get "name" 256 264))`,
    reports: [1],
  },
  {
    chapter: "3.7",
    name: "remove of an unknown name does nothing",
    body: `(registry.remove "name") (report 1)`,
    reports: [1],
  },
  {
    chapter: "8",
    name: "names are any text, the empty one too, and differ by their last character",
    body: `
      (registry.put "" 0 1) (registry.put "a/b/c/\\c3\\a4" 0 2) (registry.put "a/b/c/\\c3\\a5" 0 3)
      (drop (registry.get "" 256 264)) (report (i64.load 264))
      (drop (registry.get "a/b/c/\\c3\\a4" 256 264)) (report (i64.load 264))`,
    reports: [1, 2],
  },
  {
    chapter: "1",
    name: "put of a name that is not UTF-8 traps",
    body: `(registry.put "\\ff\\fe" 0 1)`,
    ends: "trapped: lunatic::registry::put: the string of 2 bytes",
  },
  {
    chapter: "1",
    name: "get of a name that is not UTF-8 traps",
    body: `(drop (registry.get "\\ff\\fe" 256 264))`,
    ends: "trapped: lunatic::registry::get: the string of 2 bytes",
  },
  {
    chapter: "1",
    name: "remove of a name that is not UTF-8 traps",
    body: `(registry.remove "\\ff\\fe")`,
    ends: "trapped: lunatic::registry::remove: the string of 2 bytes",
  },
  {
    chapter: "8",
    name: "one registry is shared by the root and all its descendants",
    body: `
      (registry.put "of the root" 0 1) (drop (start "child")) (drop (receive)) (report (word))
      (drop (registry.get "of the child" 256 264)) (report (i64.load 264))`,
    entries: {
      child: `
        (ok (registry.get "of the root" 256 264)) (registry.put "of the child" 0 2) (send_word 1 0 (i64.load 264))`,
    },
    reports: [1, 2],
  },
  {
    chapter: "17.4",
    name: "a dead process stays registered",
    body: `
      (drop (start "child")) (registry.put "name" 0 2) (send_word 2 0 0) (await_end 2)
      (report (registry.get "name" 256 264)) (report (i64.load 264))`,
    entries: { child: `(drop (receive))` },
    reports: [0, 2],
  },
  {
    chapter: "3.6",
    name: "get_or_spawn of a free name spawns, answers 0 and writes node and process",
    body: `
      (mark 256 40)
      (report (process.get_or_spawn "name" 0 -1 -1 "child" "" 264 280)) (dump 256 40)
      (drop (registry.get "name" 256 264)) (report (i64.load 264))`,
    entries: { child: `(drop (receive))` },
    reports: [0, "aaaaaaaaaaaaaaaa0000000000000000aaaaaaaaaaaaaaaa0200000000000000aaaaaaaaaaaaaaaa", 2],
  },
  {
    chapter: "3.6",
    name: "get_or_spawn of a taken name answers 2 with node and process, and spawns nothing",
    body: `
      (registry.put "name" 5 77)
      (report (process.get_or_spawn "name" 0 -1 -1 "child" "" 256 264)) (report (i64.load 256)) (report (i64.load 264))
      (report (process.exists 2))`,
    entries: { child: `(drop (receive))` },
    reports: [2, 5, 77, 0],
  },
  {
    chapter: "17.4",
    name: "get_or_spawn finds a dead process",
    body: `
      (drop (process.get_or_spawn "name" 0 -1 -1 "child" "" 256 264)) (send_word 2 0 0) (await_end 2)
      (report (process.get_or_spawn "name" 0 -1 -1 "child" "" 256 264)) (report (i64.load 264))`,
    entries: { child: `(drop (receive))` },
    reports: [2, 2],
  },
  {
    chapter: "3.6",
    name: "get_or_spawn links as spawn does",
    body: `
      (process.die_when_link_dies 0)
      (report (process.get_or_spawn "name" 9 -1 -1 "child" "" 256 264)) (report (receive)) (report (message.get_tag))`,
    entries: { child: `(unreachable)` },
    reports: [0, 1, 9],
  },
  {
    chapter: "3.6",
    name: "get_or_spawn of a free name traps without the permission to spawn",
    body: `
      (local $config i64) (local.set $config (process.create_config)) (process.die_when_link_dies 0)
      (ok (process.spawn 4 $config -1 "child" "" 256)) (report (receive)) (report (message.get_tag))`,
    entries: { child: `(drop (process.get_or_spawn "name" 0 -1 -1 "child" "" 256 264))` },
    reports: [1, 4],
    notices: ["can_spawn_processes"],
  },
  {
    chapter: "3.6",
    name: "get_or_spawn of a taken name needs no permission",
    body: `
      (local $config i64) (local.set $config (process.create_config)) (registry.put "name" 0 55)
      (ok (process.spawn 4 $config -1 "child" "" 256)) (drop (receive)) (report (word)) (report (word))`,
    entries: {
      child: `
        (i64.store 272 (i64.extend_i32_s (process.get_or_spawn "name" 0 -1 -1 "child" "" 256 280)))
        (message.create_data 0 0) (drop (message.write_data 272 16)) (drop (message.send 1))`,
    },
    reports: [2, 55],
  },
  {
    chapter: "3.6",
    name: "get_or_spawn of a taken name looks neither at config, module, function nor params",
    body: `
      (registry.put "name" 0 55)
      (report (process.get_or_spawn "name" 0 44 44 70000 9 70000 9 256 264))`,
    reports: [2],
  },
  {
    chapter: "3.6",
    name: "get_or_spawn of a free name traps for an unknown config",
    body: `(drop (process.get_or_spawn "name" 0 44 -1 "child" "" 256 264))`,
    ends: "trapped: lunatic::process::get_or_spawn: config 44 does not exist",
  },
  {
    chapter: "3.6",
    name: "get_or_spawn of a free name traps for malformed params, and the name stays free",
    body: `(report (trap.catch 0 0)) (report (registry.get "name" 256 264))`,
    entries: {
      _lunatic_catch_trap: `
        (param $f i32) (param $p i32) (result i32)
        (drop (process.get_or_spawn "name" 0 -1 -1 "child" "123" 256 264)) (i32.const 1)`,
    },
    reports: [0, 1],
  },
  {
    chapter: "17.2",
    name: "when instantiation fails get_or_spawn answers 1 with an error id, and the name stays free",
    fields: `
      (func $prepare (if (i64.eq (call $process.process_id) (i64.const 2)) (then (unreachable))))
      (start $prepare)`,
    body: `
      (mark 256 16) (report (process.get_or_spawn "name" 0 -1 -1 "child" "" 256 264)) (dump 256 16)
      (report (i32.gt_s (error.string_size 0) 0)) (report (registry.get "name" 256 264))`,
    entries: { child: "" },
    reports: [1, "00000000000000000000000000000000", 1, 1],
    natively: "the name leads to the error id",
  },
  {
    chapter: "17.2",
    name: "a start function that uses the registry does not wait for the name that is being spawned",
    fields: `
      (func $prepare
        (drop (call $registry.get (i32.const 16384) (i32.const 4) (i32.const 256) (i32.const 264)))
        (call $registry.put (i32.const 16388) (i32.const 5) (i64.const 0) (i64.const 3)))
      (data (i32.const 16384) "nameother") (start $prepare)`,
    body: `
      (report (process.get_or_spawn "name" 0 -1 -1 "child" "" 256 264))
      (drop (registry.get "other" 256 264)) (report (i64.load 264))`,
    entries: { child: `(drop (receive))` },
    reports: [0, 3],
    natively: "waits for ever",
  },
  {
    chapter: "3.6",
    name: "of two processes that get_or_spawn a name at once one spawns and the other finds what it spawned",
    body: `
      (local $first i64)
      (drop (start "asks")) (drop (start "asks"))
      (drop (receive)) (local.set $first (word)) (drop (receive)) (report (i64.eq $first (word)))
      (ok (registry.get "name" 256 264)) (report (i64.eq $first (i64.load 264)))`,
    entries: {
      asks: `
        (drop (process.get_or_spawn "name" 0 -1 -1 "child" "" 256 264)) (send_word 1 0 (i64.load 264))
        (drop (receive))`,
      child: `(drop (receive))`,
    },
    reports: [1, 1],
  },
  {
    chapter: "17.31",
    name: "the parent's first message reaches a named child before that of another who found the name",
    body: `
      (drop (start "other"))
      (ok (process.get_or_spawn "name" 0 -1 -1 "child" "" 256 264)) (send_word (i64.load 264) 0 10)
      (drop (receive)) (report (word)) (drop (receive)) (report (word))`,
    entries: {
      other: `
        (loop $again
          (if (registry.get "name" 256 264) (then (process.sleep_ms 0) (br $again))))
        (send_word (i64.load 264) 0 20)`,
      child: `
        (local $a i64) (drop (receive)) (local.set $a (word)) (send_word 1 0 $a)
        (drop (receive)) (send_word 1 0 (word))`,
    },
    reports: [10, 20],
  },
];
