/** Damaged input: always an InstrumentError or a module the engine judges as it judges the original. */
import { describe, expect, test } from "vitest";
import { InstrumentError } from "./error.ts";
import { instrument } from "./instrument.ts";
import { functionModule } from "./testing/binary.ts";
import { wat } from "./testing/wat.ts";

const RICH = wat(`(module
  (type $t (func (param i32) (result i32)))
  (import "env" "f" (func $f (param i32) (result i32)))
  (import "env" "g" (global $g i32))
  (tag $e (param i32))
  (memory (export "memory") 1 4)
  (table 4 funcref)
  (global $sp (mut i32) (i32.const 65536))
  (global $v (mut v128) (v128.const i64x2 1 2))
  (elem (i32.const 1) $f $main)
  (elem declare func $main)
  (data (i32.const 16) "some data")
  (data $passive "more")
  (func $main (export "main") (param i32) (result i32) (local i64 f64)
    (block $out (loop $again
      (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
      (i32.store offset=8 (local.get 0) (i32.load (local.get 0)))
      (i64.store (i32.const 24) (i64.load (i32.const 32)))
      (br_table $again $out (i32.and (local.get 0) (i32.const 1)))))
    (memory.init $passive (i32.const 0) (i32.const 0) (i32.const 2))
    (memory.copy (i32.const 0) (i32.const 8) (i32.const 4))
    (drop (memory.grow (i32.const 1)))
    (v128.store (i32.const 64) (v128.load8_lane 3 (i32.const 9) (global.get $v)))
    (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
    (try (do (throw $e (i32.const 1))) (catch $e (drop)) (catch_all))
    (if (result i32) (local.get 0) (then (call $f (i32.const 1))) (else (call_indirect (type $t) (i32.const 0) (i32.const 1)))))
  (func $start (global.set $sp (i32.const 1)))
  (start $start))`);

/** The instrumented bytes, or the error. Anything but an InstrumentError fails the test. */
function attempt(bytes: Uint8Array): Uint8Array<ArrayBuffer> | InstrumentError {
  try {
    return instrument(bytes).bytes;
  } catch (error) {
    if (error instanceof InstrumentError) return error;
    throw error;
  }
}

/** A generator of 32-bit numbers that gives the same run for the same seed (Marsaglia's xorshift). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

describe("a module cut short", () => {
  test("at any byte is an error inside what is left, or a whole module", () => {
    for (let length = 0; length < RICH.length; length++) {
      const cut = RICH.slice(0, length);
      const result = attempt(cut);
      if (result instanceof InstrumentError) {
        expect(result.byteOffset).toBeLessThanOrEqual(length);
        expect(result.message).toContain(`0x${result.byteOffset.toString(16)}`);
      } else {
        expect(WebAssembly.validate(result)).toBe(WebAssembly.validate(cut));
      }
    }
  });
});

describe("a module with damaged bytes", () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])("is valid afterwards only if it was before, seed %i", (seed) => {
    const random = randomNumbers(seed * 0x9e37_79b1);
    for (let round = 0; round < 400; round++) {
      const damaged = RICH.slice();
      for (let left = 1 + (random() % 3); left > 0; left--) {
        damaged[8 + (random() % (damaged.length - 8))] = random() % 4 === 0 ? random() % 256 : random() % 32;
      }
      const result = attempt(damaged);
      if (result instanceof InstrumentError) continue;
      const isValid = WebAssembly.validate(damaged);
      if (WebAssembly.validate(result) !== isValid) {
        expect.fail(
          `seed ${seed}, round ${round}: was ${isValid ? "" : "in"}valid: ${Buffer.from(damaged).toString("hex")}`,
        );
      }
    }
  });
});

describe("claims that the input cannot keep are refused without being believed", () => {
  const HEADER = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  const HUGE = [0xff, 0xff, 0xff, 0xff, 0x0f];
  test.each([
    ["a huge section", [1, ...HUGE]],
    ["a huge number of types", [1, 5, ...HUGE]],
    ["a huge number of parameters", [1, 8, 1, 0x60, ...HUGE, 0x7f]],
    ["a huge number of functions", [3, 5, ...HUGE]],
    ["a huge name", [2, 6, 1, ...HUGE]],
    ["a huge element segment", [4, 4, 1, 0x70, 0, 1, 9, 10, 1, 0, 0x41, 0, 0x0b, ...HUGE]],
    ["a huge data segment", [5, 3, 1, 0, 1, 11, 10, 1, 0, 0x41, 0, 0x0b, ...HUGE]],
    ["a number of 6 bytes", [1, 6, 0x80, 0x80, 0x80, 0x80, 0x80, 0]],
  ])("%s", (_what, content) => {
    expect(attempt(new Uint8Array([...HEADER, ...content]))).toBeInstanceOf(InstrumentError);
  });

  test("four billion locals", () => {
    const bytes = new Uint8Array([
      ...HEADER,
      1,
      4,
      1,
      0x60,
      0,
      0,
      3,
      2,
      1,
      0,
      10,
      11,
      1,
      9,
      1,
      ...HUGE,
      0x7f,
      0x0b,
      0,
    ]);
    expect(attempt(bytes)).toBeInstanceOf(InstrumentError);
  });

  test("four billion branch targets", () => {
    expect(attempt(functionModule([0x41, 0, 0x0e, ...HUGE]))).toBeInstanceOf(InstrumentError);
  });

  test("a million nested blocks with accesses in them take time in proportion", () => {
    const depth = 1_000_000;
    const body = [
      ...new Array<readonly number[]>(depth).fill([0x02, 0x40]),
      ...new Array<readonly number[]>(1000).fill([0x41, 0, 0x28, 2, 0, 0x1a]),
      ...new Array<readonly number[]>(depth).fill([0x0b]),
    ].flat();
    expect(attempt(functionModule(body))).toBeInstanceOf(Uint8Array);
  });
});

describe("an error says what was attempted, where, what was found and what to do", () => {
  test.each([
    ["not wasm at all", [1, 2, 3, 4], "malformed", 0, "magic number"],
    ["a component", [0, 0x61, 0x73, 0x6d, 13, 0, 1, 0], "unsupported", 4, "extract its core module"],
    ["another version", [0, 0x61, 0x73, 0x6d, 2, 0, 0, 0], "malformed", 4, "version"],
    ["an unknown section", [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 77, 0], "malformed", 8, "no section with id 77"],
  ])("%s", (_what, bytes, kind, byteOffset, text) => {
    const error = attempt(new Uint8Array(bytes)) as InstrumentError;
    expect(error).toMatchObject({ kind, byteOffset });
    expect(error.message).toContain(text);
    expect(error.message).toMatch(/^Cannot instrument the module at byte 0x/);
  });

  test("inside a function, with its index and the name the module gives it", () => {
    const bytes = wat(
      "(module (func $first) (func $second (memory.atomic.notify (i32.const 0) (i32.const 0)) drop) (memory 1))",
    );
    const at = Buffer.from(bytes).indexOf(Buffer.from([0xfe, 0x00, 0x02]));
    bytes[at + 1] = 0x7e;
    expect(attempt(bytes)).toMatchObject({
      kind: "unsupported",
      byteOffset: at,
      functionIndex: 1,
      functionName: "second",
      message: expect.stringMatching(/^Cannot instrument function 1 \(second\) at byte 0x/),
    });
  });
});
