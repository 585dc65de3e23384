/** Fuel: what is executed is paid, and no code runs for ever without asking. */
import { describe, expect, test } from "vitest";
import { PREPAID_BY_CALL } from "./passes/fuelPlan.ts";
import { instantiateStandalone } from "./standalone.ts";
import { wat } from "./testing/wat.ts";

/** Throws at the given yield, so that endless code ends. */
function endless(text: string, yieldsLeft = 5): () => void {
  const process = instantiateStandalone(wat(`(module ${text})`), {}, { sliceFuel: 1000 });
  return () => {
    const counts = process.counts as { yields: number };
    const stop = counts.yields + yieldsLeft;
    Object.defineProperty(counts, "yields", {
      get: () => stop - yieldsLeft,
      set: () => {
        if (--yieldsLeft === 0) throw new Error("stopped");
      },
    });
    (process.exports.run as () => void)();
  };
}

const work = (instructions: number): string =>
  "(local.set 0 (i32.add (local.get 0) (i32.const 1)))".repeat(instructions / 4);

describe("endless code yields", () => {
  test.each([
    ["an empty loop", '(func (export "run") (loop (br 0)))'],
    ["a loop entered through a block", '(func (export "run") (block (loop (block (br 1)))))'],
    ["a loop closed by a branch table", '(func (export "run") (loop (br_table 0 0 (i32.const 1))))'],
    ["a loop with calls", '(func $f) (func (export "run") (loop (call $f) (br 0)))'],
    [
      "tail calls in a circle",
      '(func $a (return_call $b)) (func $b (return_call $a)) (func (export "run") (call $a))',
    ],
    [
      "indirect tail calls in a circle",
      '(type $t (func)) (table 1 funcref) (elem (i32.const 0) $a) (func $a (return_call_indirect (type $t) (i32.const 0))) (func (export "run") (call $a))',
    ],
    [
      "a tree of calls too deep to finish",
      `${[...new Array(40).keys()].map((n) => `(func $f${n} (call $f${n + 1}) (call $f${n + 1}))`).join("")} (func $f40)
       (func (export "run") (call $f0))`,
    ],
    [
      "recursion that comes back at once where it is deep",
      '(func $f (param i32) (if (local.get 0) (then (call $f (i32.sub (local.get 0) (i32.const 1))) (call $f (i32.sub (local.get 0) (i32.const 1)))))) (func (export "run") (call $f (i32.const 60)))',
    ],
    [
      "recursion through a table from an arm that pays for itself",
      `(type $t (func (param i32))) (table 1 funcref) (elem (i32.const 0) $f)
       (func $f (type $t) (if (local.get 0) (then ${work(40)}
         (call_indirect (type $t) (i32.sub (local.get 0) (i32.const 11)) (i32.const 0))
         (call_indirect (type $t) (i32.sub (local.get 0) (i32.const 11)) (i32.const 0)))))
       (func (export "run") (call $f (i32.const 60)))`,
    ],
    [
      "a loop that throws and catches",
      '(tag $e) (func (export "run") (loop (try (do (throw $e)) (catch $e (br 1)))))',
    ],
    [
      "filling memory in a loop",
      '(memory 16) (func (export "run") (loop (memory.fill (i32.const 0) (i32.const 1) (i32.const 1048576)) (br 0)))',
    ],
  ])("%s", (_what, text) => {
    expect(endless(text)).toThrow("stopped");
  });
});

/** Fuel that `run(argument)` costs. */
function cost(text: string, argument = 0): number {
  const process = instantiateStandalone(wat(`(module ${text})`), {}, { sliceFuel: 100_000_000 });
  const before = process.fuelUsed();
  (process.exports.run as (argument: number) => void)(argument);
  return process.fuelUsed() - before;
}

describe("fuel counts", () => {
  test("each instruction of straight code", () => {
    const guest = (calls: number): string => `(func $f (param i32) ${work(400)})
      (func (export "run") (param i32) ${"(call $f (local.get 0))".repeat(calls)})`;
    expect(cost(guest(2)) - cost(guest(1))).toBe(402);
  });

  test("all of a function called from outside but what its call would have paid", () => {
    expect(cost(`(func (export "run") (param i32) ${work(400)})`)).toBe(400 - PREPAID_BY_CALL);
  });

  test("each turn of a loop", () => {
    const loop = `(func (export "run") (param i32) (local $n i32) (local.set $n (local.get 0))
      (loop ${work(100)} (br_if 0 (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))`;
    expect(cost(loop, 11) - cost(loop, 1)).toBe(10 * 105);
  });

  test("only the arm that is taken, when arms are not small", () => {
    const branch = `(func (export "run") (param i32) (if (local.get 0) (then ${work(1000)}) (else ${work(100)})))`;
    expect(cost(branch, 1)).toBe(1000);
    expect(cost(branch, 0)).toBe(100);
  });

  test("only the case that is taken in a switch of many", () => {
    const cases = 50;
    const blocks = "(block ".repeat(cases);
    const bodies = [...new Array(cases).keys()].map((n) => `) ${work(40 + n * 4)} (return)`).join("");
    const targets = [...new Array(cases).keys()].join(" ");
    const switchOf = `(func (export "run") (param i32) ${blocks} (br_table ${targets} (local.get 0)) ${bodies})`;
    expect(cost(switchOf, 0)).toBeLessThan(40 + 128 + 3);
    expect(cost(switchOf, 49)).toBeLessThan(40 + 49 * 4 + 128 + 3);
  });

  test("what a callee spends, whether it throws or returns", () => {
    const guest = (call: string): string => `(tag $e) (func $f (param i32) ${work(200)} (throw $e))
      (func $g (param i32) ${work(200)})
      (func (export "run") (param i32) (loop (local.set 0 (i32.const 0)) ${call} (br_if 0 (local.get 0))))`;
    expect(cost(guest("(call $g (i32.const 0))"))).toBeGreaterThan(200);
    expect(cost(guest("(try (do (call $f (i32.const 0))) (catch $e))"))).toBeGreaterThan(200);
  });

  test("the bytes of bulk operations", () => {
    const fill =
      '(memory 1) (func (export "run") (param i32) (memory.fill (i32.const 0) (i32.const 1) (local.get 0)))';
    expect(cost(fill, 65_536) - cost(fill, 0)).toBe(65_536 / 64);
  });

  test("the same for the same run", () => {
    const guest = `(memory 1) (func $f (param i32) (result i32) (if (result i32) (i32.lt_u (local.get 0) (i32.const 2))
      (then (local.get 0)) (else (i32.add (call $f (i32.sub (local.get 0) (i32.const 1))) (call $f (i32.sub (local.get 0) (i32.const 2)))))))
      (func (export "run") (param i32) (drop (call $f (local.get 0))))`;
    expect(cost(guest, 15)).toBe(cost(guest, 15));
  });

  test("nothing when it is off", () => {
    const process = instantiateStandalone(wat('(module (func (export "run") (loop)))'), {}, { fuel: false });
    (process.exports.run as () => void)();
    expect(process.fuelUsed()).toBe(0);
  });
});

describe("a tight loop left by a yield at any turn", () => {
  /** Ways out of the loop: its end with a result, `br_if` and `br_table` to both blocks around it, and a return. */
  const guest = wat(`(module (func (export "run") (param $n i32) (result i32) (local $i i32) (local $sum i32)
    (block $far
      (block $near
        (i32.const 1000)
        (loop $l (result i32)
          (local.set $sum (i32.add (local.get $sum) (i32.mul (local.get $i) (local.get $i))))
          (local.set $i (i32.add (local.get $i) (i32.const 1)))
          (if (i32.eq (local.get $n) (i32.const 5)) (then (br_if $near (i32.eq (local.get $i) (i32.const 40)))))
          (if (i32.eq (local.get $i) (i32.const 60)) (then (return (local.get $sum))))
          (block $on
            (br_if $on (i32.lt_u (local.get $i) (i32.const 50)))
            (br_table $on $near $far $l $on (local.get $n)))
          (br_if $l (i32.lt_u (local.get $i) (i32.const 55)))
          (local.get $sum))
        (i32.add)
        (return))
      (return (i32.add (local.get $sum) (i32.const 1))))
    (i32.add (local.get $sum) (i32.const 2))))`);

  test.each([0, 1, 2, 3, 4, 5])("goes on as if it had not yielded, way out %i", async (way) => {
    const { instance } = await WebAssembly.instantiate(guest);
    const expected = (instance.exports.run as (way: number) => number)(way);
    for (const sliceFuel of [1, 7, 50, 1_000_000]) {
      const process = instantiateStandalone(guest, {}, { sliceFuel });
      expect((process.exports.run as (way: number) => number)(way)).toBe(expected);
      expect(process.counts.yields > 0).toBe(sliceFuel < 1_000_000);
    }
  });

  test.each([0, 1, 2, 3, 4, 5])("costs the same as if it had not yielded, way out %i", (way) => {
    const [often, never] = [7, 1_000_000].map((sliceFuel) => {
      const process = instantiateStandalone(guest, {}, { sliceFuel });
      (process.exports.run as (way: number) => number)(way);
      return process.fuelUsed();
    });
    expect(often).toBe(never);
  });
});
