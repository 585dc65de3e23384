import type { ConformanceCase } from "../conformanceCase.ts";

const REPORTER = `(param $a i32) (param $b i64) (send_word 1 0 (i64.extend_i32_s $a)) (send_word 1 0 $b)`;

/** Host ABI 3.6 and ch. 4: spawn, its arguments, and the life of a process. */
export const spawnCases: readonly ConformanceCase[] = [
  {
    chapter: "4",
    name: "the root is process 1, and ids count up",
    body: `(report (process.process_id)) (report (start "child")) (report (start "child"))`,
    entries: { child: "" },
    reports: [1, 2, 3],
  },
  {
    chapter: "3.6",
    name: "spawn answers 0 and writes the id as 8 bytes, no more",
    body: `
      (mark 256 24)
      (report (process.spawn 0 -1 -1 "child" "" 264)) (dump 256 24)`,
    entries: { child: "" },
    reports: [0, "aaaaaaaaaaaaaaaa0200000000000000aaaaaaaaaaaaaaaa"],
  },
  {
    chapter: "3.6",
    name: "the environment of lunatic run is number 1, here each run has its own",
    body: `(report (i64.gt_s (process.environment_id) 0))`,
    reports: [1],
  },
  {
    chapter: "4",
    name: "params reach the entry: i32 from the low 4 bytes, i64 from the low 8",
    body: `
      (ok (process.spawn 0 -1 -1 "child" "\\7f\\fe\\ff\\ff\\ff\\11\\22\\33\\44\\55\\66\\77\\88\\99\\aa\\bb\\cc\\7e\\01\\02\\03\\04\\05\\06\\07\\08\\ff\\ff\\ff\\ff\\ff\\ff\\ff\\ff" 256))
      (drop (receive)) (report (word)) (drop (receive)) (report (word))`,
    entries: { child: REPORTER },
    reports: [-2, 0x0807060504030201n],
  },
  {
    chapter: "4",
    name: "a v128 is the 16 bytes of its record",
    body: `
      (ok (process.spawn 0 -1 -1 "child" "\\7b\\01\\02\\03\\04\\05\\06\\07\\08\\11\\12\\13\\14\\15\\16\\17\\18" 256))
      (drop (receive)) (report (word)) (drop (receive)) (report (word))`,
    entries: {
      child: `(param $v v128) (send_word 1 0 (i64x2.extract_lane 0 $v)) (send_word 1 0 (i64x2.extract_lane 1 $v))`,
    },
    reports: [0x0807060504030201n, 0x1817161514131211n],
  },
  {
    chapter: "4",
    name: "params whose length is no multiple of 17 trap in the caller",
    body: `(drop (process.spawn 0 -1 -1 "child" "\\7f\\00\\00" 256))`,
    entries: { child: "" },
    ends: "trapped: lunatic::process::spawn: a params buffer consists of 17-byte records",
  },
  {
    chapter: "4",
    name: "params of an unknown type trap in the caller",
    body: `(drop (process.spawn 0 -1 -1 "child" "\\7d\\00\\00\\00\\00\\00\\00\\00\\00\\00\\00\\00\\00\\00\\00\\00\\00" 256))`,
    entries: { child: "" },
    ends: "trapped: lunatic::process::spawn: param 0 has the type byte 0x7d",
  },
  {
    chapter: "17.8",
    name: "an entry that does not exist surfaces only in the child",
    body: `
      (process.die_when_link_dies 0) (mark 256 8)
      (report (process.spawn 4 -1 -1 "nowhere" "" 256)) (report (i64.load 256))
      (report (receive)) (report (message.get_tag))`,
    reports: [0, 2, 1, 4],
  },
  {
    chapter: "17.8",
    name: "an entry with other params surfaces only in the child",
    body: `(process.die_when_link_dies 0) (report (start_linked 4 "child")) (report (receive)) (report (message.get_tag))`,
    entries: { child: "(param $unexpected i32)" },
    reports: [2, 1, 4],
  },
  {
    chapter: "4",
    name: "an entry with a result fails in the child",
    body: `(process.die_when_link_dies 0) (report (start_linked 4 "child")) (report (receive))`,
    entries: { child: "(result i32) (i32.const 1)" },
    reports: [2, 1],
  },
  {
    chapter: "4",
    name: "an entry that is no function fails in the child",
    body: `(process.die_when_link_dies 0) (report (start_linked 4 "memory")) (report (receive))`,
    reports: [2, 1],
  },
  {
    chapter: "1",
    name: "an entry name that is not UTF-8 traps",
    body: `(drop (process.spawn 0 -1 -1 "\\ff" "" 256))`,
    ends: "trapped: lunatic::process::spawn: the string of 1 bytes",
  },
  {
    chapter: "1",
    name: "an entry name outside memory traps",
    body: `(drop (process.spawn 0 -1 -1 65530 10 0 0 256))`,
    ends: "trapped: lunatic::process::spawn: the range of 10 bytes at address 65530",
  },
  {
    chapter: "1",
    name: "an out-pointer outside memory traps",
    body: `(drop (process.spawn 0 -1 -1 "child" "" 65529))`,
    entries: { child: "" },
    ends: "trapped: lunatic::process::spawn: the range of 8 bytes at address 65529",
  },
  {
    chapter: "3.6",
    name: "spawn with an unknown config traps",
    body: `(drop (process.spawn 0 3 -1 "child" "" 256))`,
    entries: { child: "" },
    ends: "trapped: lunatic::process::spawn: config 3 does not exist",
  },
  {
    chapter: "3.6",
    name: "spawn with an unknown module traps",
    body: `(drop (process.spawn 0 -1 3 "child" "" 256))`,
    entries: { child: "" },
    ends: "trapped: lunatic::process::spawn: module 3 does not exist",
  },
  {
    chapter: "4",
    name: "a child starts with memory and globals as after instantiation",
    fields: `(global $count (mut i64) (i64.const 5)) (data (i32.const 20000) "\\07")`,
    body: `
      (global.set $count (i64.const 6)) (i32.store8 20000 8) (i32.store8 20001 8)
      (drop (start "child")) (drop (receive)) (report (word)) (drop (receive)) (report (word))`,
    entries: {
      child: `
        (send_word 1 0 (global.get $count)) (send_word 1 0 (i64.load 20000))
        (global.set $count (i64.const 9))`,
    },
    reports: [5, 7],
  },
  {
    chapter: "4",
    name: "what a child does to its memory and globals reaches nobody else",
    fields: `(global $count (mut i64) (i64.const 5))`,
    body: `
      (process.monitor (start "child")) (send_word 2 0 0) (drop (receive))
      (report (global.get $count)) (report (i64.load 20000)) (report (memory.size))`,
    entries: {
      child: `(drop (receive)) (global.set $count (i64.const 9)) (i64.store 20000 9) (drop (memory.grow 2))`,
    },
    reports: [5, 0, 1],
  },
  {
    chapter: "4",
    name: "a child exists from spawn's return until it ends",
    body: `
      (report (process.exists (start "child"))) (send_word 2 0 0) (await_end 2) (report (process.exists 2))`,
    entries: { child: `(drop (receive))` },
    reports: [1, 0],
  },
  {
    chapter: "3.6",
    name: "exists is 1 for oneself and 0 for an id that nobody has",
    body: `
      (report (process.exists 1)) (report (process.exists 99)) (report (process.exists 0)) (report (process.exists -1))`,
    reports: [1, 0, 0, 0],
  },
  {
    chapter: "4",
    name: "messages sent before a child has begun wait for it",
    body: `(drop (start "child")) (send_word 2 0 7) (send_word 2 0 8) (drop (receive)) (report (word))`,
    entries: {
      child: `(local $a i64) (drop (receive)) (local.set $a (word)) (drop (receive)) (send_word 1 0 (i64.add (i64.mul $a 10) (word)))`,
    },
    reports: [78],
  },
  {
    chapter: "4",
    name: "a start function runs in every process before its entry, and its failure fails the spawn",
    fields: `
      (global $prepared (mut i64) (i64.const 0))
      (func $prepare
        (if (i64.eq (call $process.process_id) (i64.const 3)) (then (unreachable)))
        (global.set $prepared (i64.const 42)))
      (start $prepare)`,
    body: `
      (report (global.get $prepared))
      (drop (start "child")) (drop (receive)) (report (word))
      (mark 256 24) (report (process.spawn 0 -1 -1 "child" "" 264)) (dump 256 24)
      (report (i32.gt_s (error.string_size 0) 0)) (report (process.exists 3))`,
    entries: { child: `(send_word 1 0 (global.get $prepared))` },
    reports: [42, 42, 1, "aaaaaaaaaaaaaaaa0000000000000000aaaaaaaaaaaaaaaa", 1, 0],
  },
  {
    chapter: "17.30",
    name: "a failed spawn consumes a process id",
    fields: `
      (func $prepare (if (i64.eq (call $process.process_id) (i64.const 2)) (then (unreachable))))
      (start $prepare)`,
    body: `(drop (process.spawn 0 -1 -1 "child" "" 256)) (report (process.process_id)) (report (start "child"))`,
    entries: { child: "" },
    reports: [1, 3],
  },
  {
    chapter: "4",
    name: "a start function must not spawn",
    modules: {
      eager: {
        fields: `
          (func $prepare
            (drop (call $process.spawn (i64.const 0) (i64.const -1) (i64.const -1)
              (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 256))))
          (start $prepare)`,
        body: "",
      },
    },
    body: `
      (ok (process.compile_module @eager 256)) (report (process.spawn 0 -1 0 "_start" "" 256))
      (report (i32.gt_s (error.string_size (i64.load 256)) 0))`,
    reports: [1, 1],
  },
  {
    chapter: "4",
    name: "a link given to spawn is in place before the child runs",
    body: `(process.die_when_link_dies 0) (drop (start_linked 8 "child")) (report (receive)) (report (message.get_tag))`,
    entries: { child: `(unreachable)` },
    reports: [1, 8],
  },
  {
    chapter: "7",
    name: "the child of a linked spawn is told of its parent's failure without a tag",
    body: `
      (drop (start "parent")) (report (receive)) (report (word)) (report (word))`,
    entries: {
      parent: `(drop (start_linked 8 "child")) (drop (receive)) (unreachable)`,
      child: `
        (process.die_when_link_dies 0) (send_word 2 0 0)
        (i64.store 256 (i64.extend_i32_s (receive))) (i64.store 264 (message.get_tag))
        (message.create_data 0 0) (drop (message.write_data 256 16)) (drop (message.send 1))`,
    },
    reports: [0, 1, 0],
  },
  {
    chapter: "4",
    name: "spawn with link 0 links nobody",
    body: `(process.monitor (start "child")) (send_word 2 0 0) (report (receive))`,
    entries: { child: `(drop (receive)) (unreachable)` },
    reports: [2],
  },
  {
    chapter: "4",
    name: "when the root ends the others are gone",
    body: `(drop (start "child")) (drop (start_linked 3 "child"))`,
    entries: { child: `(drop (receive))` },
  },
  {
    chapter: "4",
    name: "a process that returns ends as Normal, whoever is linked with it",
    body: `
      (process.monitor (start_linked 3 "child")) (send_word 2 0 0) (report (receive)) (report (message.get_process_id))`,
    entries: { child: `(drop (receive))` },
    reports: [2, 2],
  },
  {
    chapter: "3.6",
    name: "sleep_ms lets others run",
    body: `
      (drop (start "child"))
      (loop $again (process.sleep_ms 1) (br_if $again (i32.eq (message.receive 0 0 0) 9027)))
      (report (word))`,
    entries: { child: `(send_word 1 0 6)` },
    reports: [6],
  },
  {
    chapter: "5",
    name: "messages are queued while a process sleeps",
    body: `
      (send_word (start "child") 0 5) (send_word 2 0 6) (drop (receive)) (report (word))`,
    entries: {
      child: `(local $a i64) (process.sleep_ms 10) (drop (receive)) (local.set $a (word)) (drop (receive)) (send_word 1 0 (i64.add (i64.mul $a 10) (word)))`,
    },
    reports: [56],
  },
  {
    chapter: "9",
    name: "an endless loop does not keep others from running",
    body: `(drop (start "loop")) (drop (start "child")) (report (receive)) (report (word))`,
    entries: { loop: `(loop $for_ever (br $for_ever))`, child: `(send_word 1 0 4)` },
    reports: [0, 4],
  },
  {
    chapter: "3.13",
    name: "proc_exit(0) ends a process as Normal",
    body: `
      (process.monitor (start_linked 3 "child")) (send_word 2 0 0) (report (receive)) (preview1.proc_exit 0)`,
    entries: { child: `(drop (receive)) (preview1.proc_exit 0)` },
    reports: [2],
    ends: "exited",
  },
  {
    chapter: "3.13",
    name: "proc_exit of another code is a Failure",
    body: `(process.die_when_link_dies 0) (drop (start_linked 3 "child")) (report (receive)) (report (message.get_tag))`,
    entries: { child: `(preview1.proc_exit 1)` },
    reports: [1, 3],
  },
  {
    chapter: "3.13",
    name: "proc_exit ends only its process",
    body: `(process.monitor (start "child")) (send_word 2 0 0) (report (receive)) (report 1)`,
    entries: { child: `(drop (receive)) (preview1.proc_exit 200)` },
    reports: [2, 1],
  },
  {
    chapter: "3.13",
    name: "proc_raise traps",
    body: `(drop (preview1.proc_raise 6))`,
    ends: "trapped",
  },
  {
    chapter: "4",
    name: "a process inside its start function does not exist, and what is sent to it is lost",
    fields: `
      (func $prepare
        (if (i64.eq (call $process.process_id) (i64.const 3)) (then
          (call $registry.put (i32.const 16384) (i32.const 6) (i64.const 0) (i64.const 3))
          (loop $again
            (call $process.sleep_ms (i64.const 1))
            (br_if $again (call $registry.get (i32.const 16390) (i32.const 4) (i32.const 256) (i32.const 264)))))))
      (data (i32.const 16384) "insideseen") (start $prepare)`,
    body: `
      (drop (start "observer")) (drop (start "late"))
      (drop (receive_tag 7 -1)) (report (word)) (drop (receive_tag 8 -1)) (report (word)) (report (process.exists 3))`,
    entries: {
      observer: `
        (loop $again (process.sleep_ms 1) (br_if $again (registry.get "inside" 256 264)))
        (send_word 1 7 (i64.extend_i32_u (process.exists 3))) (send_word 3 0 0) (registry.put "seen" 0 1)`,
      late: `(send_word 1 8 (i64.extend_i32_u (message.receive 0 0 10))) (drop (receive))`,
    },
    reports: [0, 9027, 1],
  },
  {
    chapter: "4",
    name: "a start function may compile, receive and catch",
    fields: `
      (func $prepare
        (drop (call $trap.catch (i32.const 0) (i32.const 0)))
        (drop (call $message.receive (i32.const 0) (i32.const 0) (i64.const 1)))
        (drop (call $process.compile_module (i32.const 0) (i32.const 4) (i32.const 256))))
      (start $prepare)`,
    body: `(report (i64.load 256)) (report (i32.gt_s (error.string_size 0) 0))`,
    entries: { _lunatic_catch_trap: "(param $f i32) (param $p i32) (result i32) (unreachable)" },
    reports: [0, 1],
  },
];
