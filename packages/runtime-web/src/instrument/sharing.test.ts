/** One instance, many processes: what is a process's own stays its own. */
import { describe, expect, test } from "vitest";
import { instrument } from "./instrument.ts";
import { CONTROL_BLOCK, EXPORT_PREFIX, entryExport, HOST_EXPORT, HOST_MODULE, PAGE_BYTES } from "./layout.ts";
import { wat } from "./testing/wat.ts";

const GUEST = `(module
  (import "env" "block" (func $block (param i32) (result i64)))
  (memory (export "memory") 1 4)
  (data (i32.const 8) "hello")
  (global $counter (mut i32) (i32.const 7))
  (global $wide (mut i64) (i64.const -1))
  (global $single (mut f32) (f32.const 1.5))
  (global $double (mut f64) (f64.const 2.5))
  (global $vector (mut v128) (v128.const i64x2 1 2))
  (func (export "add") (param i32 i64) (result i64)
    (global.set $counter (i32.add (global.get $counter) (local.get 0)))
    (global.set $wide (i64.add (global.get $wide) (local.get 1)))
    (global.set $single (f32.add (global.get $single) (f32.const 1)))
    (global.set $double (f64.add (global.get $double) (f64.const 1)))
    (global.set $vector (i64x2.add (global.get $vector) (v128.const i64x2 1 1)))
    (i32.store (i32.const 0) (global.get $counter))
    (i64.add (i64.add (i64.extend_i32_u (i32.load (i32.const 0))) (global.get $wide))
      (i64.add (i64x2.extract_lane 0 (global.get $vector))
        (i64.add (i64.trunc_f32_s (global.get $single)) (i64.trunc_f64_s (global.get $double))))))
  (func (export "growBy") (param i32) (result i32) (memory.grow (local.get 0)))
  (func (export "sizeInPages") (result i32) (memory.size))
  (func (export "blocking") (param i32) (result i64)
    (global.set $counter (local.get 0))
    (i64.add (call $block (local.get 0)) (i64.extend_i32_u (global.get $counter))))
  (func (export "spin") (loop (br 0))))`;

type Thunk = (pcb: number, base?: number, limit?: number, fuel?: number) => void;

/** A host with two processes on one instance; `wait` runs what the test puts there. */
function share() {
  const { bytes, info } = instrument(wat(GUEST), { suspends: (_module, name) => name === "block" });
  const arena = new WebAssembly.Memory({ initial: 64 });
  const words = new DataView(arena.buffer);
  const hooks = {
    block: (_argument: number): bigint => 0n,
    wait: (): void => {},
    yield: (): number => 1_000_000,
    grow: (_delta: number): number => -1,
  };
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
    env: { block: (argument: number) => hooks.block(argument) },
    [HOST_MODULE]: {
      memory: arena,
      trap: (kind: number) => {
        throw new Error(`trap ${kind}`);
      },
      grow: (delta: number) => hooks.grow(delta),
      yield: () => hooks.yield(),
      wait: () => hooks.wait(),
    },
  });
  const added = (name: string) => instance.exports[EXPORT_PREFIX + name] as Thunk;
  const enter = (name: string) => instance.exports[entryExport(name)] as Thunk;
  const processes = [0, 1].map((n) => ({
    pcb: 1024 + n * info.controlBlockBytes,
    base: (8 + n * 16) * PAGE_BYTES,
  }));
  for (const { pcb, base } of processes) added(HOST_EXPORT.init)(pcb, base, PAGE_BYTES, 1_000_000);
  const [first, second] = processes as [(typeof processes)[0], (typeof processes)[0]];
  const fuel = instance.exports[EXPORT_PREFIX + HOST_EXPORT.fuel] as WebAssembly.Global;
  return { info, arena, words, hooks, enter, added, first, second, fuel };
}

function setArguments(words: DataView, pcb: number, ...values: readonly (number | bigint)[]): void {
  for (const [n, value] of values.entries()) {
    const at = pcb + CONTROL_BLOCK.arguments + 16 * n;
    if (typeof value === "bigint") words.setBigInt64(at, value, true);
    else words.setInt32(at, value, true);
  }
}

const add = (shared: ReturnType<typeof share>, pcb: number, amount: number): bigint => {
  setArguments(shared.words, pcb, amount, BigInt(amount));
  shared.enter("add")(pcb);
  return shared.words.getBigInt64(pcb + CONTROL_BLOCK.result, true);
};

/** What `add` comes to after `times` calls with `amount`, starting from the initialisers. */
function sum(amount: number, times: number): bigint {
  return BigInt(
    7 + amount * times - 1 + amount * times + 1 + times + Math.trunc(1.5 + times) + Math.trunc(2.5 + times),
  );
}

describe("processes that share an instance", () => {
  test("start with the initialisers' globals and their own copy of the data", () => {
    const { arena, first, second } = share();
    for (const { base } of [first, second]) {
      expect(Buffer.from(arena.buffer, base + 8, 5).toString()).toBe("hello");
    }
  });

  test("keep their globals of every type apart when they take turns", () => {
    const shared = share();
    for (let turn = 1; turn <= 3; turn++) {
      expect(add(shared, shared.first.pcb, 10)).toBe(sum(10, turn));
      expect(add(shared, shared.second.pcb, 1000)).toBe(sum(1000, turn));
    }
    expect(shared.words.getInt32(shared.first.base, true)).toBe(37);
    expect(shared.words.getInt32(shared.second.base, true)).toBe(3007);
  });

  test("keep their globals apart when one runs while the other waits", () => {
    const shared = share();
    const { words, hooks, first, second, enter } = shared;
    hooks.block = (argument) => {
      words.setUint32(first.pcb + CONTROL_BLOCK.pending, 1, true);
      return BigInt(argument);
    };
    hooks.wait = () => {
      add(shared, second.pcb, 500);
      words.setUint32(first.pcb + CONTROL_BLOCK.pending, 0, true);
      words.setBigInt64(first.pcb + CONTROL_BLOCK.result, 40n, true);
    };
    setArguments(words, first.pcb, 2);
    enter("blocking")(first.pcb);
    expect(words.getBigInt64(first.pcb + CONTROL_BLOCK.result, true)).toBe(42n);
  });

  test("take a blocking import's own result when nothing is pending", () => {
    const { words, hooks, first, enter } = share();
    hooks.block = (argument) => BigInt(argument) * 100n;
    hooks.wait = () => expect.fail("waited");
    setArguments(words, first.pcb, 5);
    enter("blocking")(first.pcb);
    expect(words.getBigInt64(first.pcb + CONTROL_BLOCK.result, true)).toBe(505n);
  });

  test("see what changed in their control block while they waited: a moved region and new globals", () => {
    const shared = share();
    const { words, hooks, first, enter, arena } = shared;
    hooks.block = () => {
      words.setUint32(first.pcb + CONTROL_BLOCK.pending, 1, true);
      return 0n;
    };
    const moved = 40 * PAGE_BYTES;
    hooks.wait = () => {
      // A catch body of the same process runs meanwhile: its writes to globals flow back.
      expect(add(shared, first.pcb, 1)).toBe(sum(1, 1) - 7n + 2n);
      new Uint8Array(arena.buffer).copyWithin(moved, first.base, first.base + PAGE_BYTES);
      words.setUint32(first.pcb + CONTROL_BLOCK.base, moved, true);
      words.setUint32(first.pcb + CONTROL_BLOCK.pending, 0, true);
      words.setBigInt64(first.pcb + CONTROL_BLOCK.result, 0n, true);
    };
    setArguments(words, first.pcb, 2);
    enter("blocking")(first.pcb);
    expect(words.getBigInt64(first.pcb + CONTROL_BLOCK.result, true)).toBe(3n);
    add(shared, first.pcb, 100);
    expect(words.getInt32(moved, true)).toBe(103);
    expect(words.getInt32(first.base, true)).toBe(3);
  });

  test("grow into a region elsewhere and leave the other alone", () => {
    const shared = share();
    const { words, hooks, first, second, enter } = shared;
    const moved = 40 * PAGE_BYTES;
    hooks.grow = (delta) => {
      words.setUint32(first.pcb + CONTROL_BLOCK.base, moved, true);
      words.setUint32(first.pcb + CONTROL_BLOCK.limit, (1 + delta) * PAGE_BYTES, true);
      return 1;
    };
    setArguments(words, first.pcb, 2);
    enter("growBy")(first.pcb);
    expect(words.getInt32(first.pcb + CONTROL_BLOCK.result, true)).toBe(1);
    for (const [pcb, pages] of [
      [first.pcb, 3],
      [second.pcb, 1],
    ] as const) {
      enter("sizeInPages")(pcb);
      expect(words.getInt32(pcb + CONTROL_BLOCK.result, true)).toBe(pages);
    }
    add(shared, first.pcb, 1);
    expect(words.getInt32(moved, true)).toBe(8);
  });

  test("are preempted in an endless loop, and one that is killed leaves the others running", () => {
    const shared = share();
    const { words, hooks, first, second, enter } = shared;
    let yields = 0;
    hooks.yield = () => {
      if (++yields === 3) throw new Error("killed");
      words.setUint32(first.pcb + CONTROL_BLOCK.pending, 1, true);
      return 0;
    };
    hooks.wait = () => {
      add(shared, second.pcb, 1);
      words.setUint32(first.pcb + CONTROL_BLOCK.pending, 0, true);
      words.setInt32(first.pcb + CONTROL_BLOCK.fuel, 1000, true);
    };
    expect(() => enter("spin")(first.pcb)).toThrow("killed");
    expect(yields).toBe(3);
    expect(add(shared, second.pcb, 1)).toBe(sum(1, 3));
  });

  test("have a control block of 64-byte multiples that holds every global and argument", () => {
    const { info } = share();
    expect(info.controlBlockBytes % 64).toBe(0);
    expect(info.argumentSlots).toBe(4);
    expect(info.controlBlockBytes).toBeGreaterThanOrEqual(32 + 4 * 16 + 16 + 4 * 8);
    expect(info.needsOwnInstance).toBeUndefined();
  });
});

describe("modules whose instance is part of a process's state say so", () => {
  test.each([
    ["table.set", "(table 1 funcref) (func (table.set (i32.const 0) (ref.null func)))"],
    ["table.grow", "(table 1 funcref) (func (drop (table.grow (ref.null func) (i32.const 1))))"],
    ["table.fill", "(table 1 funcref) (func (table.fill (i32.const 0) (ref.null func) (i32.const 1)))"],
    ["table.copy", "(table 1 funcref) (func (table.copy (i32.const 0) (i32.const 0) (i32.const 1)))"],
    [
      "table.init",
      "(table 1 funcref) (elem funcref) (func (table.init 0 (i32.const 0) (i32.const 0) (i32.const 0)))",
    ],
    ["elem.drop", "(elem funcref) (func (elem.drop 0))"],
    ["data.drop", '(memory 1) (data "a") (func (data.drop 0))'],
    ["a table is imported", '(import "m" "t" (table 1 funcref))'],
    ["a table is exported", '(table (export "t") 1 funcref)'],
    ["mutable global 0 is imported", '(import "m" "g" (global (mut i32)))'],
    ["mutable global 0 holds a externref", "(global (mut externref) (ref.null extern))"],
  ])("%s", (reason, text) => {
    expect(instrument(wat(`(module ${text})`)).info.needsOwnInstance).toContain(reason);
  });

  test("dropping an active segment is no such thing: instantiation has dropped it already", () => {
    const { info } = instrument(wat('(module (memory 1) (data (i32.const 0) "a") (func (data.drop 0)))'));
    expect(info.needsOwnInstance).toBeUndefined();
  });
});
