/** Traps of an instrumented module, told in the guest's own functions and offsets. */
import { describe, expect, test } from "vitest";
import { instrument } from "./instrument.ts";
import { originalOffset } from "./offsetMap.ts";
import { instantiateStandalone } from "./standalone.ts";
import { functionName, originalFunctionIndex, tableFunctionIndex } from "./symbols.ts";
import { instantiateOriginal } from "./testing/outcome.ts";
import { wat } from "./testing/wat.ts";

const GUEST = wat(`(module
  (import "env" "f" (func $imported))
  (memory 1)
  (global $depth (mut i32) (i32.const 0))
  (table 8 funcref)
  (elem (i32.const 2) $inner $middle)
  (elem (i32.const 3) $outer)
  (func $inner (param $kind i32) (result i32) (local $unused i64)
    (i32.store (i32.const 16) (i32.load (i32.add (local.get $kind) (i32.const 8))))
    (if (i32.eq (local.get $kind) (i32.const 1)) (then (unreachable)))
    (if (i32.eq (local.get $kind) (i32.const 2)) (then (drop (i32.div_u (i32.const 1) (i32.const 0)))))
    (if (i32.eq (local.get $kind) (i32.const 3)) (then (call $imported)))
    (i32.const 5))
  (func $middle (param i32) (result i32)
    (loop (global.set $depth (i32.add (global.get $depth) (i32.load8_u (local.get 0)))))
    (i32.add (call $inner (local.get 0)) (i32.load (i32.const 4))))
  (func $outer (export "outer") (param i32) (result i32)
    (i32.store (local.get 0) (i32.const 0))
    (call $middle (local.get 0))))`);

interface Frame {
  readonly functionIndex: number;
  readonly offset: number;
}

/** The wasm frames of an error's stack. */
function frames(error: unknown): Frame[] {
  const matches = (error as Error).stack?.matchAll(/wasm-function\[(\d+)\]:0x([0-9a-f]+)/g) ?? [];
  return [...matches].map(([, index, offset]) => ({
    functionIndex: Number(index),
    offset: Number.parseInt(offset as string, 16),
  }));
}

function caught(callee: unknown, argument: number): unknown {
  try {
    (callee as (argument: number) => unknown)(argument);
  } catch (error) {
    return error;
  }
  return expect.fail("nothing was thrown");
}

describe("a stack trace of an instrumented module", () => {
  const imports = {
    env: {
      f: () => {
        throw new Error("from the host");
      },
    },
  };

  test.each([
    ["unreachable", 1],
    ["a division by zero", 2],
    ["an import that throws", 3],
  ])("leads to the guest's functions and offsets: %s", (_what, kind) => {
    const wanted = frames(caught(instantiateOriginal(GUEST, imports).outer, kind));
    const process = instantiateStandalone(GUEST, imports);
    const found = frames(caught(process.exports.outer, kind)).map(({ functionIndex, offset }) => ({
      functionIndex: originalFunctionIndex(process.info, functionIndex),
      offset: originalOffset(process.info, offset),
    }));
    expect(wanted).toHaveLength(3);
    expect(found).toEqual(wanted);
  });

  test("shows the guest's names in the engine's own text", () => {
    const process = instantiateStandalone(GUEST, imports);
    const { stack } = caught(process.exports.outer, 1) as Error;
    expect(stack).toMatch(/inner[\s\S]*middle[\s\S]*outer/);
  });
});

describe("names and numbers of an instrumented module", () => {
  const { info, bytes } = instrument(GUEST);

  test("every guest function has its index back, added ones have none", () => {
    const { imported, addedImports, defined } = info.functions;
    expect([imported, defined]).toEqual([1, 3]);
    expect(originalFunctionIndex(info, 0)).toBe(0);
    for (let added = 0; added < addedImports; added++) {
      expect(originalFunctionIndex(info, imported + added)).toBeUndefined();
    }
    for (let n = 1; n <= defined; n++) expect(originalFunctionIndex(info, n + addedImports)).toBe(n);
    expect(originalFunctionIndex(info, imported + addedImports + defined)).toBeUndefined();
  });

  test("functions are named by the guest's name section", () => {
    expect([0, 1, 2, 3, 4].map((n) => functionName(info, n))).toEqual([
      "imported",
      "inner",
      "middle",
      "outer",
      undefined,
    ]);
  });

  test("table slots lead to functions, later segments first", () => {
    expect([1, 2, 3, 4].map((slot) => tableFunctionIndex(info, slot))).toEqual([undefined, 1, 3, undefined]);
  });

  test("the output's name section names the guest's functions, ours and the locals at their new indices", () => {
    const [section] = WebAssembly.Module.customSections(new WebAssembly.Module(bytes), "name");
    const text = Buffer.from(section as ArrayBuffer).toString("latin1");
    for (const name of ["inner", "unused", "lunatic_web:init", "lunatic_web:entry:outer"])
      expect(text).toContain(name);
  });

  test("offsets outside the guest's code lead nowhere", () => {
    expect(originalOffset(info, 3)).toBeUndefined();
    expect(originalOffset(info, bytes.length - 1)).toBeUndefined();
  });

  test("info is plain data that can be posted and stored", () => {
    expect(structuredClone(info)).toEqual(info);
  });
});
