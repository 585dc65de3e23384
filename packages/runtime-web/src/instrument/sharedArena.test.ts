import { describe, expect, test } from "vitest";
import { instrument } from "./instrument.ts";
import { EXPORT_PREFIX, HOST_EXPORT, HOST_MODULE } from "./layout.ts";
import { instantiateStandalone } from "./standalone.ts";
import { instantiateOriginal, outcome } from "./testing/outcome.ts";
import { wat } from "./testing/wat.ts";

const MODULE = wat(`(module
  (memory (export "memory") 1 3)
  (data (i32.const 8) "hello")
  (func (export "load") (param i32) (result i32) (i32.load8_u (local.get 0)))
  (func (export "store") (param i32 i32) (i32.store (local.get 0) (local.get 1)))
  (func (export "add") (param i32 i32) (result i32) (i32.atomic.rmw.add (local.get 0) (local.get 1)))
  (func (export "fill") (param i32 i32) (memory.fill (local.get 0) (i32.const 7) (local.get 1)))
  (func (export "copy") (param i32 i32) (memory.copy (local.get 0) (i32.const 8) (local.get 1)))
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
  (func (export "size") (result i32) (memory.size))
  (func (export "notify") (param i32) (result i32) (memory.atomic.notify (local.get 0) (i32.const 1)))
  (func (export "wait32") (param i32) (result i32)
    (memory.atomic.wait32 (local.get 0) (i32.const 0) (i64.const -1)))
  (func (export "wait64") (param i32) (result i32)
    (memory.atomic.wait64 (local.get 0) (i64.const 0) (i64.const -1))))`);

const CALLS: readonly (readonly [name: string, ...args: number[]])[] = [
  ["load", 9],
  ["load", 65_535],
  ["load", 65_536],
  ["store", 65_533, 1],
  ["store", 65_532, 0x0403_0201],
  ["add", 65_532, 5],
  ["add", 65_536, 5],
  ["fill", 65_530, 6],
  ["fill", 65_530, 7],
  ["copy", 65_000, 5],
  ["grow", 1],
  ["load", 65_001],
  ["load", 70_000],
  ["grow", 2],
  ["size"],
  ["notify", 16],
];

describe("in a shared arena", () => {
  test("a module does what it does in a memory of its own", () => {
    const original = instantiateOriginal(MODULE);
    const standalone = instantiateStandalone(MODULE, {}, { sharedArena: true });
    for (const [name, ...args] of CALLS) {
      const expected = outcome(original[name], ...args);
      expect(outcome(standalone.exports[name], ...args), `${name}(${args})`).toEqual(expected);
    }
    expect(standalone.findDamage()).toBeUndefined();
  });

  test.each(["wait32", "wait64"])("memory.atomic.%s traps, and does not block the thread", (name) => {
    const expected = outcome(instantiateOriginal(MODULE)[name], 16);
    expect(expected).toHaveProperty("trap");
    const { exports } = instantiateStandalone(MODULE, {}, { sharedArena: true });
    expect(outcome(exports[name], 16)).toEqual(expected);
  });
});

test("a module links to arenas of the kind it was instrumented for", () => {
  for (const sharedArena of [false, true]) {
    const module = new WebAssembly.Module(instrument(MODULE, { sharedArena }).bytes);
    for (const shared of [false, true]) {
      const memory = new WebAssembly.Memory({ initial: 2, maximum: 65_535, shared });
      const link = (): unknown =>
        new WebAssembly.Instance(module, {
          [HOST_MODULE]: { memory, trap: () => {}, grow: () => -1, wait: () => {}, yield: () => 1 },
        }).exports[EXPORT_PREFIX + HOST_EXPORT.init];
      if (shared === sharedArena) expect(link()).toBeTypeOf("function");
      else expect(link).toThrow(WebAssembly.LinkError);
    }
  }
});
