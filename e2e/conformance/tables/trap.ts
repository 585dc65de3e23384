import type { ConformanceCase } from "../conformanceCase.ts";

/** Host ABI 3.5 and ch. 11: trap::catch. */
export const trapCases: readonly ConformanceCase[] = [
  {
    chapter: "3.5",
    name: "catch calls the export with both arguments and answers its result",
    body: `(report (trap.catch 40 2))`,
    entries: { _lunatic_catch_trap: `(param $f i32) (param $p i32) (result i32) (i32.add $f $p)` },
    reports: [42],
  },
  {
    chapter: "3.5",
    name: "catch answers 0 when its body traps",
    body: `(report (trap.catch 1 2))`,
    entries: { _lunatic_catch_trap: `(param $f i32) (param $p i32) (result i32) (unreachable)` },
    reports: [0],
  },
  {
    chapter: "3.5",
    name: "catch answers 0 for a division by zero, too",
    body: `(report (trap.catch 1 0))`,
    entries: { _lunatic_catch_trap: `(param $f i32) (param $p i32) (result i32) (i32.div_u $f $p)` },
    reports: [0],
  },
  {
    chapter: "3.5",
    name: "catch answers 0 for an access outside memory",
    body: `(report (trap.catch 65536 0))`,
    entries: { _lunatic_catch_trap: `(param $f i32) (param $p i32) (result i32) (i32.load $f)` },
    reports: [0],
  },
  {
    chapter: "3.5",
    name: "catch answers 0 for a stack overflow",
    fields: `(func $deeper (param $n i32) (result i32) (i32.add (call $deeper (local.get $n)) (i32.const 1)))`,
    body: `(report (trap.catch 1 2)) (report 5)`,
    entries: { _lunatic_catch_trap: `(param $f i32) (param $p i32) (result i32) (call $deeper $f)` },
    reports: [0, 5],
  },
  {
    chapter: "3.5",
    name: "catch answers 0 for a host call that traps",
    body: `(report (trap.catch 1 2))`,
    entries: {
      _lunatic_catch_trap: `(param $f i32) (param $p i32) (result i32) (error.drop 99) (i32.const 1)`,
    },
    reports: [0],
  },
  {
    chapter: "17.11",
    name: "catch swallows proc_exit, whatever its code",
    body: `(report (trap.catch 0 0)) (report (trap.catch 3 0))`,
    entries: {
      _lunatic_catch_trap: `(param $f i32) (param $p i32) (result i32) (preview1.proc_exit $f) (i32.const 1)`,
    },
    reports: [0, 0],
  },
  {
    chapter: "3.5",
    name: "catch without the export traps",
    body: `(drop (trap.catch 1 2))`,
    ends: "trapped: lunatic::trap::catch: the module exports no function _lunatic_catch_trap",
  },
  {
    chapter: "3.5",
    name: "catch traps when the export is no function",
    fields: `(global (export "_lunatic_catch_trap") i32 (i32.const 1))`,
    body: `(drop (trap.catch 1 2))`,
    ends: "trapped: lunatic::trap::catch: the module exports no function _lunatic_catch_trap",
  },
  {
    chapter: "3.5",
    name: "catch answers 0 when the export has another type",
    body: `(report (trap.catch 1 2))`,
    entries: { _lunatic_catch_trap: `(param $f i32) (result i32) (i32.const 7)` },
    reports: [0],
  },
  {
    chapter: "3.5",
    name: "catches nest",
    body: `(report (trap.catch 3 0)) (report (i32.load 256))`,
    entries: {
      _lunatic_catch_trap: `
        (param $depth i32) (param $p i32) (result i32)
        (if (i32.eqz $depth) (then (unreachable)))
        (i32.store 256 (i32.add (i32.load 256) (i32.add (trap.catch (i32.sub $depth 1) 0) 100)))
        (local.get $depth)`,
    },
    reports: [3, 102],
  },
  {
    chapter: "3.5",
    name: "the body of a catch may wait",
    body: `(drop (start "child")) (report (trap.catch 1 0)) (report (message.get_tag))`,
    entries: {
      _lunatic_catch_trap: `
        (param $f i32) (param $p i32) (result i32)
        (process.sleep_ms 2) (send_word 2 0 0) (i32.add (receive_tag 6 -1) 11)`,
      child: `(drop (receive)) (process.sleep_ms 3) (send_word 1 6 0)`,
    },
    reports: [11, 6],
  },
  {
    chapter: "11",
    name: "memory and globals stay as they were at the trap",
    fields: `(global $count (mut i64) (i64.const 0))`,
    body: `(report (trap.catch 1 0)) (report (global.get $count)) (report (i64.load 256)) (report (memory.size))`,
    entries: {
      _lunatic_catch_trap: `
        (param $f i32) (param $p i32) (result i32)
        (global.set $count (i64.const 3)) (i64.store 256 4) (drop (memory.grow 1)) (unreachable)`,
    },
    reports: [0, 3, 4, 2],
  },
  {
    chapter: "11",
    name: "memory and globals are those of the body after it has waited and returned",
    fields: `(global $count (mut i64) (i64.const 0))`,
    body: `(report (trap.catch 1 0)) (report (global.get $count)) (report (memory.size)) (i32.store 130000 1)`,
    entries: {
      _lunatic_catch_trap: `
        (param $f i32) (param $p i32) (result i32)
        (process.sleep_ms 1) (global.set $count (i64.const 3)) (drop (memory.grow 1)) (process.sleep_ms 1) (i32.const 8)`,
    },
    reports: [8, 3, 2],
  },
  {
    chapter: "11",
    name: "a kill is not swallowed by a catch",
    body: `
      (process.monitor (start "child")) (process.sleep_ms 5) (process.kill 2) (report (receive))
      (report (message.receive 0 0 5))`,
    entries: {
      child: `(drop (trap.catch 1 2)) (send_word 1 0 1)`,
      _lunatic_catch_trap: `(param $f i32) (param $p i32) (result i32) (receive)`,
    },
    reports: [2, 9027],
    natively: "the whole program crashes",
  },
  {
    chapter: "11",
    name: "a process that kills itself inside a catch is dead after its next wait",
    body: `(drop (trap.catch 1 2)) (report 1)`,
    entries: {
      _lunatic_catch_trap: `(param $f i32) (param $p i32) (result i32) (process.kill 1) (process.sleep_ms 1) (i32.const 1)`,
    },
    ends: "killed",
    natively: "the whole program crashes",
  },
  {
    chapter: "11",
    name: "a hundred traps in a row leave the process as able as before",
    body: `
      (local $i i64)
      (loop $next
        (ok (trap.catch 1 2)) (local.set $i (i64.add $i 1)) (br_if $next (i64.lt_u $i 100)))
      (report $i)`,
    entries: {
      _lunatic_catch_trap: `(param $f i32) (param $p i32) (result i32) (i32.div_u $f (i32.const 0))`,
    },
    reports: [100],
  },
];
