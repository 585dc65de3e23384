/** A guest's tables take memory that nobody counts, so they do not grow for ever. */
import { expect, test } from "vitest";
import { instrument } from "./instrument.ts";
import { instantiateStandalone } from "./standalone.ts";
import { wat } from "./testing/wat.ts";

const growing = (limits: string): Uint8Array<ArrayBuffer> =>
  wat(`(module
    (table $t ${limits} funcref)
    (elem declare func $f)
    (func $f)
    (func (export "grow") (param i32) (result i32) (table.grow $t (ref.func $f) (local.get 0)))
    (func (export "size") (result i32) (table.size $t)))`);

interface Growing {
  grow(delta: number): number;
  size(): number;
}

function instantiate(limits: string): Growing {
  return instantiateStandalone(growing(limits), {}).exports as unknown as Growing;
}

test("a table without a maximum grows to 99,999 elements, and further growth answers -1", () => {
  const { grow, size } = instantiate("10");
  expect(grow(99_989)).toBe(10);
  expect(grow(1)).toBe(-1);
  expect(size()).toBe(99_999);
});

test("a maximum of its own that is lower holds", () => {
  const { grow } = instantiate("1 20");
  expect(grow(20)).toBe(-1);
  expect(grow(19)).toBe(1);
});

test("a maximum of its own that is higher does not", () => {
  const { grow } = instantiate("1 10000000");
  expect(grow(100_000)).toBe(-1);
  expect(grow(99_998)).toBe(1);
});

test("a table that begins larger stays as it is, and does not grow", () => {
  const { grow, size } = instantiate("200000");
  expect(size()).toBe(200_000);
  expect(grow(1)).toBe(-1);
});

test("several tables are bounded each, and what stands between their limits is kept", () => {
  const bytes = wat(`(module
    (table $a 1 funcref) (table $b 2 3 externref) (table $c 5 funcref)
    (elem (table $c) (i32.const 0) func $f)
    (func $f (result i32) (i32.const 7))
    (func (export "run") (result i32)
      (if (i32.ne (table.grow $b (ref.null extern) (i32.const 2)) (i32.const -1)) (then (unreachable)))
      (drop (table.grow $a (ref.null func) (i32.const 1)))
      (call_indirect $c (result i32) (i32.const 0))))`);
  expect((instantiateStandalone(bytes, {}).exports as { run(): number }).run()).toBe(7);
});

test("without the memory pass they are printed as they were", () => {
  const bytes = growing("10");
  expect(instrument(bytes, { memory: false, fuel: false }).bytes).toEqual(bytes);
});
