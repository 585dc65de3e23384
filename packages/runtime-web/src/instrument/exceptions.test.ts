/** Guests that catch: their own exceptions arrive, the host's pass through them. */
import { describe, expect, test } from "vitest";
import { instrument } from "./instrument.ts";
import { instantiateStandalone } from "./standalone.ts";
import { instantiateOriginal, outcome } from "./testing/outcome.ts";
import { wat } from "./testing/wat.ts";

const LEGACY = wat(`(module
  (import "env" "fail" (func $fail))
  (memory 1)
  (tag $own (param i32))
  (tag $other)
  (global $finished (mut i32) (i32.const 0))
  (func $throw (param i32) (throw $own (local.get 0)))
  (func (export "catchOwn") (param i32) (result i32)
    (try (result i32) (do (call $throw (local.get 0)) (i32.const -1)) (catch $own) (catch_all (i32.const -2))))
  (func (export "catchAll") (param i32) (result i32)
    (try (result i32) (do (call $throw (local.get 0)) (i32.const -1)) (catch_all (i32.const -2))))
  (func (export "rethrow") (param i32) (result i32)
    (try (result i32)
      (do (try (result i32) (do (call $throw (local.get 0)) (i32.const -1)) (catch_all (rethrow 0))))
      (catch $own)))
  (func (export "delegate") (param i32) (result i32)
    (try $outer (result i32)
      (do (try (result i32) (do (call $throw (local.get 0)) (i32.const -1)) (delegate $outer)))
      (catch $own)))
  (func (export "swallow") (result i32)
    (try (result i32) (do (call $fail) (i32.const 1)) (catch_all (i32.const 2))))
  (func (export "swallowTrap") (result i32)
    (try (result i32) (do (unreachable)) (catch_all (i32.const 2))))
  (func (export "swallowOutOfBounds") (param i32) (result i32)
    (try (result i32) (do (i32.load (local.get 0))) (catch_all (i32.const 2))))
  (func (export "cleanUp") (try (do (call $fail)) (catch_all (global.set $finished (i32.const 1)) (rethrow 0))))
  (func (export "finished") (result i32) (global.get $finished))
  (func (export "growAndThrow") (param i32) (result i32) (local $sum i32)
    (loop $again
      (try
        (do (drop (memory.grow (i32.const 1))) (i32.store (i32.const 65536) (i32.const 5)) (call $throw (i32.const 1)))
        (catch $own (local.set $sum (i32.add (local.get $sum)))))
      (local.set $sum (i32.add (local.get $sum) (i32.load (i32.const 65536))))
      (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
      (br_if $again (local.get 0)))
    (local.get $sum)))`);

function both(fail: () => void) {
  const imports = { env: { fail } };
  return {
    original: instantiateOriginal(LEGACY, imports),
    exports: instantiateStandalone(LEGACY, imports, { movesAlways: true }).exports,
  };
}

describe("a guest's own exceptions", () => {
  test.each(["catchOwn", "catchAll", "rethrow", "delegate"])("arrive as in the original: %s", (name) => {
    const { original, exports } = both(() => {});
    for (const argument of [0, 1, -5]) {
      expect(outcome(exports[name], argument)).toEqual(outcome(original[name], argument));
    }
  });

  test("leave the handler with the base and limit that the thrower left", () => {
    const { original, exports } = both(() => {});
    expect(outcome(exports.growAndThrow, 5)).toEqual(outcome(original.growAndThrow, 5));
  });
});

describe("a catch_all does not see", () => {
  test("what the host throws", () => {
    const { exports } = both(() => {
      throw new Error("killed");
    });
    expect(() => (exports.swallow as () => number)()).toThrow("killed");
  });

  test("traps, as in the original", () => {
    const { original, exports } = both(() => {});
    for (const [name, argument] of [
      ["swallowTrap", 0],
      ["swallowOutOfBounds", 0x7fff_0000],
    ] as const) {
      expect(outcome(exports[name], argument)).toEqual(outcome(original[name], argument));
    }
  });

  test("a host exception even where it only cleans up", () => {
    const { exports } = both(() => {
      throw new Error("killed");
    });
    expect(() => (exports.cleanUp as () => void)()).toThrow("killed");
    expect((exports.finished as () => number)()).toBe(0);
  });
});

describe("modules with try_table", () => {
  const fields = (clauses: string): Uint8Array<ArrayBuffer> =>
    wat(`(module (tag $e (param i32)) (memory 1) (func (export "f") (result i32)
      (block $all (block $one (result i32)
        (try_table ${clauses} (throw $e (i32.load (i32.const 8)))) (return (i32.const 0))) (return)) (i32.const 7)))`);

  test("get the exception tag, and the clause that names it before the first that catches everything", () => {
    const { bytes, info } = instrument(fields("(catch $e $one) (catch_all $all)"));
    expect(info.needsExceptionTag).toBe(true);
    // try_table of type (): three clauses: catch 1 (the guest's tag, moved), catch 0 (ours), catch_all.
    const clauses = [0x1f, 0x40, 3, 0x00, 1, 0, 0x00, 0, 3, 0x02, 1];
    expect(Buffer.from(bytes).includes(Buffer.from(clauses))).toBe(true);
  });

  test("that name their exceptions need no tag and keep their clauses", () => {
    const { bytes, info } = instrument(fields("(catch $e $one)"));
    expect(info.needsExceptionTag).toBe(false);
    expect(Buffer.from(bytes).includes(Buffer.from([0x1f, 0x40, 1, 0x00, 0, 0]))).toBe(true);
  });
});
