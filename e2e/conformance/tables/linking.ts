import type { ConformanceCase } from "../conformanceCase.ts";

/** The call that as-lunatic 0.12 makes, which natively does not link any more. */
const AS_LUNATIC = `
  (import "lunatic::message" "send_receive_skip_search" (func $request (param i64 i64) (result i32)))`;

/** Compiles a module and spawns from it. Reports both codes. */
const SPAWN_FROM = (name: string) => `
  (report (process.compile_module @${name} 256)) (report (process.spawn 0 -1 0 "_start" "" 256))`;

/** Host ABI ch. 2 and 9: which modules are accepted. */
export const linkingCases: readonly ConformanceCase[] = [
  {
    chapter: "2",
    name: "as-lunatic's send_receive_skip_search waits for the tag of the message it sends",
    pages: 0,
    fields: AS_LUNATIC,
    body: `
      (message.create_data 4 0) (drop (message.send 1))
      (message.create_data 5 0) (if (call $request (i64.const 1) (i64.const -1)) (then (unreachable)))
      (if (i64.ne (message.get_tag) 5) (then (unreachable)))`,
    natively: "does not compile",
  },
  {
    chapter: "2",
    name: "as-lunatic's send_receive_skip_search waits for any message if its own has no tag",
    pages: 0,
    fields: AS_LUNATIC,
    body: `
      (message.create_data 4 0) (drop (message.send 1))
      (message.create_data 0 0) (if (call $request (i64.const 1) (i64.const -1)) (then (unreachable)))
      (if (i64.ne (message.get_tag) 4) (then (unreachable)))`,
    natively: "does not compile",
  },
  {
    chapter: "9",
    name: "a module with two tables can be spawned",
    modules: { two: { pages: 0, fields: "(table 1 funcref) (table 1 funcref)", body: "" } },
    body: SPAWN_FROM("two"),
    reports: [0, 0],
    natively: "its instantiation fails",
  },
  {
    chapter: "9",
    name: "a table may have more than 99,999 elements",
    modules: { big: { pages: 0, fields: "(table 100000 funcref)", body: "" } },
    body: SPAWN_FROM("big"),
    reports: [0, 0],
    natively: "its instantiation fails",
  },
  {
    chapter: "9",
    name: "memory.grow beyond the module's own maximum answers -1",
    modules: {
      small: {
        pages: 0,
        fields: `(memory (export "memory") 1 2)`,
        body: `
          (if (i32.ne (memory.grow 1) (i32.const 1)) (then (unreachable)))
          (if (i32.ne (memory.grow 1) (i32.const -1)) (then (unreachable)))`,
      },
    },
    body: `
      (process.die_when_link_dies 0) (ok (process.compile_module @small 256))
      (ok (process.spawn 3 -1 0 "_start" "" 256)) (await_end 2) (report (message.receive 0 0 5))`,
    reports: [9027],
    notices: ["memory.grow"],
  },
];
