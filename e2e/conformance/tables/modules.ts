import type { ConformanceCase, Program } from "../conformanceCase.ts";

/** Sends the process that started it, number 1, its params' sum or 7. */
const OTHER: Program = {
  body: "",
  entries: {
    greet: `(send_word 1 0 7)`,
    add: `(param $a i64) (param $b i64) (send_word 1 0 (i64.add $a $b))`,
  },
};

/** Host ABI 3.6 and 3.2: modules that guests compile, and modules in messages. */
export const moduleCases: readonly ConformanceCase[] = [
  {
    chapter: "3.6",
    name: "compile_module answers 0 and writes the module's id as 8 bytes",
    modules: { other: OTHER },
    body: `(mark 256 24) (report (process.compile_module @other 264)) (dump 256 24)`,
    reports: [0, "aaaaaaaaaaaaaaaa0000000000000000aaaaaaaaaaaaaaaa"],
  },
  {
    chapter: "3.6",
    name: "compile_module of what is no wasm answers 1 and writes the error's id",
    body: `
      (drop (process.compile_module "not wasm" 256)) (mark 256 24)
      (report (process.compile_module "\\00asm\\02\\00\\00\\00" 264)) (dump 256 24)`,
    reports: [1, "aaaaaaaaaaaaaaaa0100000000000000aaaaaaaaaaaaaaaa"],
  },
  {
    chapter: "3.6",
    name: "compile_module of nothing answers 1",
    body: `(report (process.compile_module 8 0 256)) (report (i32.gt_s (error.string_size 0) 0))`,
    reports: [1, 1],
  },
  {
    chapter: "3.6",
    name: "compile_module of a module with an unknown import answers 1",
    modules: { foreign: { pages: 0, fields: `(import "env" "nothing" (func))`, body: "" } },
    body: `(report (process.compile_module @foreign 256)) (report (i32.gt_s (error.string_size 0) 0))`,
    reports: [1, 1],
  },
  {
    chapter: "2",
    name: "compile_module of a module that imports a host function with another type answers 1",
    modules: {
      mistyped: {
        pages: 0,
        fields: `(import "lunatic::process" "exists" (func (param i32) (result i32)))`,
        body: "",
      },
    },
    body: `(report (process.compile_module @mistyped 256)) (report (i32.gt_s (error.string_size 0) 0))`,
    reports: [1, 1],
  },
  {
    chapter: "1",
    name: "compile_module of a range outside memory traps",
    body: `(drop (process.compile_module 65530 100 256))`,
    ends: "trapped: lunatic::process::compile_module: the range of 100 bytes",
  },
  {
    chapter: "3.6",
    name: "a process is spawned from another module",
    modules: { other: OTHER },
    body: `
      (ok (process.compile_module @other 256))
      (report (process.spawn 0 -1 0 "greet" "" 256)) (report (i64.load 256)) (drop (receive)) (report (word))
      (ok (process.spawn 0 -1 0 "add" "\\7e\\05\\00\\00\\00\\00\\00\\00\\00\\00\\00\\00\\00\\00\\00\\00\\00\\7e\\06\\00\\00\\00\\00\\00\\00\\00\\00\\00\\00\\00\\00\\00\\00\\00" 256))
      (drop (receive)) (report (word))`,
    reports: [0, 2, 7, 11],
  },
  {
    chapter: "4",
    name: "module -1 is the one the caller runs, also in a child from another module",
    modules: {
      other: { body: "", entries: { outer: `(drop (start "inner"))`, inner: `(send_word 1 0 33)` } },
    },
    body: `
      (ok (process.compile_module @other 256)) (ok (process.spawn 0 -1 0 "outer" "" 256))
      (drop (receive)) (report (word))`,
    reports: [33],
  },
  {
    chapter: "4",
    name: "a module without memory can be spawned",
    modules: { bare: { pages: 0, body: "" } },
    body: `
      (ok (process.compile_module @bare 256)) (report (process.spawn 0 -1 0 "_start" "" 256)) (await_end 2) (report 1)`,
    reports: [0, 1],
  },
  {
    chapter: "1",
    name: "a host function that needs memory traps in a module without",
    modules: {
      bare: {
        pages: 0,
        body: `(message.create_data (i64.const 0) (i64.const 0)) (drop (message.write_data (i32.const 0) (i32.const 1)))`,
      },
    },
    body: `
      (process.die_when_link_dies 0) (ok (process.compile_module @bare 256))
      (report (process.spawn 2 -1 0 "_start" "" 256)) (report (receive)) (report (message.get_tag))`,
    reports: [0, 1, 2],
  },
  {
    chapter: "3.6",
    name: "drop_module forgets the id, and processes that run the module go on",
    modules: { other: { body: "", entries: { waits: `(drop (receive)) (send_word 1 0 5)` } } },
    body: `
      (ok (process.compile_module @other 256)) (ok (process.spawn 0 -1 0 "waits" "" 256)) (process.drop_module 0)
      (send_word 2 0 0) (drop (receive)) (report (word)) (process.drop_module 0)`,
    reports: [5],
    ends: "trapped: lunatic::process::drop_module: module 0 does not exist",
  },
  {
    chapter: "3.6",
    name: "drop_module of an unknown id traps",
    body: `(process.drop_module 4)`,
    ends: "trapped: lunatic::process::drop_module: module 4 does not exist",
  },
  {
    chapter: "3.2",
    name: "push_module answers the slot, and the process keeps its module",
    modules: { other: OTHER },
    body: `
      (ok (process.compile_module @other 256)) (message.create_data 0 0)
      (report (message.push_module 0)) (report (message.push_module 0))
      (report (process.spawn 0 -1 0 "greet" "" 256))`,
    reports: [0, 1, 0],
  },
  {
    chapter: "3.2",
    name: "push_module of an unknown id traps",
    body: `(message.create_data 0 0) (drop (message.push_module 0))`,
    ends: "trapped: lunatic::message::push_module: module 0 does not exist",
  },
  {
    chapter: "3.2",
    name: "push_module without a message traps",
    modules: { other: OTHER },
    body: `(ok (process.compile_module @other 256)) (drop (message.push_module 0))`,
    ends: "trapped: lunatic::message::push_module: there is no message",
  },
  {
    chapter: "3.2",
    name: "a module travels in a message, and its receiver spawns from it",
    modules: { other: OTHER },
    body: `
      (drop (start "child")) (ok (process.compile_module @other 256))
      (message.create_data 0 0) (drop (message.push_module 0)) (drop (message.send 2))
      (drop (receive)) (report (message.get_tag)) (report (word)) (drop (receive)) (report (word))`,
    entries: {
      child: `
        (drop (receive)) (send_word 1 9 (message.take_module 0)) (ok (process.spawn 0 -1 0 "greet" "" 256))`,
    },
    reports: [9, 0, 7],
  },
  {
    chapter: "3.2",
    name: "take_module leaves the slot empty and does not shift the others",
    modules: { other: OTHER },
    body: `
      (ok (process.compile_module @other 256)) (message.create_data 0 0)
      (drop (message.push_module 0)) (drop (message.push_module 0)) (drop (message.push_module 0))
      (report (message.take_module 1)) (report (message.take_module 2)) (report (message.take_module 0))
      (drop (message.take_module 1))`,
    reports: [1, 2, 3],
    ends: "trapped: lunatic::message::take_module: slot 1 of the message holds no resource",
  },
  {
    chapter: "3.2",
    name: "take_module of a slot that the message does not have traps",
    body: `(message.create_data 0 0) (drop (message.take_module 0))`,
    ends: "trapped: lunatic::message::take_module: slot 0 of the message holds no resource",
  },
  {
    chapter: "3.2",
    name: "take_module with the index -1 traps",
    body: `(message.create_data 0 0) (drop (message.take_module -1))`,
    ends: "trapped: lunatic::message::take_module: slot",
  },
  {
    chapter: "3.2",
    name: "take_module without a message traps",
    body: `(drop (message.take_module 0))`,
    ends: "trapped: lunatic::message::take_module: there is no message",
  },
  {
    chapter: "6",
    name: "a forwarded message keeps the modules that nobody took",
    modules: { other: OTHER },
    body: `
      (drop (start "child")) (ok (process.compile_module @other 256)) (message.create_data 0 0)
      (drop (message.push_module 0)) (drop (message.push_module 0)) (drop (message.send 2))
      (drop (receive)) (report (message.take_module 1)) (drop (message.take_module 0))`,
    entries: { child: `(drop (receive)) (drop (message.take_module 0)) (drop (message.send 1))` },
    reports: [1],
    ends: "trapped: lunatic::message::take_module: slot 0 of the message holds no resource",
  },
  {
    chapter: "3.2",
    name: "a module in a delayed message arrives",
    modules: { other: OTHER },
    body: `
      (ok (process.compile_module @other 256)) (message.create_data 0 0) (drop (message.push_module 0))
      (drop (timer.send_after 1 3)) (drop (receive)) (report (message.take_module 0))`,
    reports: [1],
  },
];
