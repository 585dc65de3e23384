import { expect, test } from "vitest";
import { parseExpressions, textLength } from "./expressions.ts";
import { type FunctionSignature, HOST_FUNCTIONS } from "./hostFunctions.ts";
import { ConstantLayout, SnippetTranslator } from "./snippet.ts";

const WORD: [string, FunctionSignature] = ["word", { params: [], result: "i64" }];

function translate(snippet: string, modules: Record<string, Uint8Array> = {}): string {
  const constants = new ConstantLayout(4096, new Map(Object.entries(modules)));
  const functions = new Map<string, FunctionSignature>([...HOST_FUNCTIONS, WORD]);
  return new SnippetTranslator(functions, constants).translate(snippet);
}

test("a number takes the type of its parameter", () => {
  expect(translate("(process.config_set_can_create_configs 1 -1)")).toBe(
    "(call $process.config_set_can_create_configs (i64.const 1) (i32.const -1))",
  );
  expect(translate(`(metrics.gauge 0 0 1.5)`)).toContain("(f64.const 1.5)");
});

test("a number takes the type of its instruction, and the address of a store is an i32", () => {
  expect(translate("(i64.store 256 7)")).toBe("(i64.store (i32.const 256) (i64.const 7))");
  expect(translate("(i64.extend_i32_u 7)")).toBe("(i64.extend_i32_u (i32.const 7))");
  expect(translate("(i32.wrap_i64 7)")).toBe("(i32.wrap_i64 (i64.const 7))");
});

test("a variable is read where a value stands, and named where a name does", () => {
  expect(translate("(local $a i64) (local.set $a (i64.add $a 1))")).toBe(
    "(local $a i64)\n    (local.set $a (i64.add (local.get $a) (i64.const 1)))",
  );
});

test("a string is its address and its length in bytes", () => {
  expect(translate(String.raw`(registry.remove "aä\00\"")`)).toBe(
    "(call $registry.remove (i32.const 4096) (i32.const 5))",
  );
});

test("a module is its address and its length", () => {
  expect(translate("(process.compile_module @m 256)", { m: new Uint8Array(9) })).toBe(
    "(call $process.compile_module (i32.const 4096) (i32.const 9) (i32.const 256))",
  );
});

test("a string is laid out once, and the next one does not touch it", () => {
  const constants = new ConstantLayout(4096, new Map());
  expect(constants.text('"abc"')).toEqual([4096, 3]);
  expect(constants.text('"abc"')).toEqual([4096, 3]);
  expect(constants.text('"d"')[0]).toBeGreaterThanOrEqual(4099);
  expect(constants.segments()).toHaveLength(2);
});

test("report extends what is an i32", () => {
  expect(translate("(report (word))")).toBe("(call $report (call $word ))");
  expect(translate("(report (process.exists 1))")).toBe(
    "(call $report (i64.extend_i32_s (call $process.exists (i64.const 1))))",
  );
  expect(translate("(report (i64.eq (word) 1))")).toContain("i64.extend_i32_s");
});

test("a call with too few values is refused with its name", () => {
  expect(() => translate("(process.link 1)")).toThrow("process.link takes 2 values, not 1");
});

test("a module that the program does not have is refused", () => {
  expect(() => translate("(process.compile_module @m 256)")).toThrow("no module @m");
});

test("brackets that do not match are refused", () => {
  expect(() => parseExpressions("(a (b)")).toThrow("1 lists are not closed");
  expect(() => parseExpressions("(a))")).toThrow("Nothing is open");
});

test("the length of a string counts escapes as the bytes they stand for", () => {
  expect(textLength(String.raw`"\7f\00\n\t\"é"`)).toBe(7);
});
