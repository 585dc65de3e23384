import type { ConformanceCase } from "../conformanceCase.ts";

/** Host ABI 3.1, and the resource tables of ch. 1. */
export const errorCases: readonly ConformanceCase[] = [
  {
    chapter: "3.1",
    name: "string_size is the length of the text, to_string writes exactly that and no terminator",
    body: `
      (local $size i32)
      (report (process.compile_module "not wasm" 256))
      (local.set $size (error.string_size 0))
      (mark 16384 4096)
      (error.to_string 0 16384)
      (report (i32.gt_s $size 0))
      (report (i32.ne (i32.load8_u (i32.add $size 16383)) 0xaa))
      (report (i32.load8_u (i32.add $size 16384)))`,
    reports: [1, 1, 1, 0xaa],
  },
  {
    chapter: "3.1",
    name: "string_size of an unknown id traps",
    body: `(drop (error.string_size 7))`,
    ends: "trapped: lunatic::error::string_size: error 7 does not exist",
  },
  {
    chapter: "3.1",
    name: "to_string of an unknown id traps",
    body: `(error.to_string 7 256)`,
    ends: "trapped: lunatic::error::to_string: error 7 does not exist",
  },
  {
    chapter: "3.1",
    name: "drop of an unknown id traps",
    body: `(error.drop 7)`,
    ends: "trapped: lunatic::error::drop: error 7 does not exist",
  },
  {
    chapter: "3.1",
    name: "a dropped error is gone",
    body: `(drop (process.compile_module "not wasm" 256)) (error.drop 0) (error.drop 0)`,
    ends: "trapped: lunatic::error::drop: error 0 does not exist",
  },
  {
    chapter: "3.1",
    name: "a negative id is that of no error",
    body: `(error.drop -1)`,
    ends: "trapped: lunatic::error::drop: error -1 does not exist",
  },
  {
    chapter: "3.1",
    name: "to_string traps where its text does not fit into the memory",
    body: `(drop (process.compile_module "not wasm" 256)) (error.to_string 0 65535)`,
    ends: "trapped: lunatic::error::to_string",
  },
  {
    chapter: "1",
    name: "ids count from 0, one for each error, and are never used again",
    body: `
      (drop (process.compile_module "not wasm" 256)) (report (i64.load 256))
      (drop (process.compile_module "not wasm" 256)) (report (i64.load 256))
      (error.drop 1)
      (drop (process.compile_module "not wasm" 256)) (report (i64.load 256))`,
    reports: [0, 1, 2],
  },
  {
    chapter: "1",
    name: "each kind of resource has ids of its own",
    body: `
      (drop (process.compile_module "not wasm" 256)) (report (i64.load 256))
      (report (process.create_config))
      (drop (process.compile_module @empty 256)) (report (i64.load 256))`,
    modules: { empty: { body: "" } },
    reports: [0, 0, 0],
  },
  {
    chapter: "1",
    name: "ids mean nothing in another process",
    body: `
      (drop (process.compile_module "not wasm" 256))
      (process.die_when_link_dies 0)
      (drop (start_linked 5 "child"))
      (report (receive)) (report (message.get_tag))`,
    entries: { child: `(error.drop 0)` },
    reports: [1, 5],
  },
];
