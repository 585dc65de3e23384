/** Without passes, a module comes out as it went in; with passes, it stays valid. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { INSTRUMENTER_VERSION } from "./index.ts";
import { instrument } from "./instrument.ts";
import { functionModule } from "./testing/binary.ts";
import { wat } from "./testing/wat.ts";

const ROOT = join(import.meta.dirname, "../../../..");

/** Every module of the guests that the tree holds built. */
function prebuiltModules(): string[] {
  const guests = join(ROOT, "guests");
  return readdirSync(guests, { recursive: true, encoding: "utf8" })
    .filter((path) => path.includes("prebuilt") && path.endsWith(".wasm"))
    .map((path) => join(guests, path));
}

const modules = prebuiltModules();

test("there are guests to test with", () => {
  expect(modules.length).toBeGreaterThan(10);
});

describe.each(modules.map((path) => [relative(ROOT, path), path]))("%s", (_name, path) => {
  const bytes = new Uint8Array(readFileSync(path as string));

  test("is printed byte for byte without passes", () => {
    const printed = instrument(bytes, { memory: false, fuel: false });
    expect(Buffer.compare(printed.bytes, bytes)).toBe(0);
  });

  test("validates with every combination of passes", () => {
    for (const options of [{}, { fuel: false }, { memory: false }]) {
      expect(WebAssembly.validate(instrument(bytes, options).bytes)).toBe(true);
    }
    const suspends = (module: string): boolean => module.startsWith("lunatic");
    expect(WebAssembly.validate(instrument(bytes, { suspends }).bytes)).toBe(true);
  });
});

describe("what is kept", () => {
  test("padded numbers, as linkers write them", () => {
    // A type section whose length and count take five bytes, as does the code section's body and its call's index.
    const bytes = new Uint8Array([
      0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 0x88, 0x80, 0x80, 0x80, 0, 0x81, 0x80, 0x80, 0x80, 0, 0x60, 0, 0, 3,
      2, 1, 0, 10, 0x8f, 0x80, 0x80, 0x80, 0, 1, 0x89, 0x80, 0x80, 0x80, 0, 0x80, 0, 0x10, 0x80, 0x80, 0x80,
      0x80, 0, 0x0b,
    ]);
    expect(WebAssembly.validate(bytes)).toBe(true);
    expect(instrument(bytes, { memory: false, fuel: false }).bytes).toEqual(bytes);
    expect(WebAssembly.validate(instrument(bytes).bytes)).toBe(true);
  });

  test("custom sections, in their places", () => {
    const custom = (name: string, ...payload: readonly number[]): number[] => {
      const content = [name.length, ...Buffer.from(name), ...payload];
      return [0, content.length, ...content];
    };
    const plain = wat(
      '(module (memory 1) (data (i32.const 0) "a") (func (drop (i32.load (i32.const 70000)))))',
    );
    const bytes = new Uint8Array([
      ...plain.subarray(0, 8),
      ...custom("producers", 1, 2, 3),
      ...plain.subarray(8),
      ...custom(".debug_info", 9, 9),
    ]);
    const out = new WebAssembly.Module(instrument(bytes).bytes);
    expect(new Uint8Array(WebAssembly.Module.customSections(out, "producers")[0] as ArrayBuffer)).toEqual(
      new Uint8Array([1, 2, 3]),
    );
    expect(WebAssembly.Module.customSections(out, ".debug_info")).toHaveLength(1);
  });

  test("a name section that cannot be read", () => {
    const broken = [0, 8, 4, ...Buffer.from("name"), 1, 0x7f, 1];
    const bytes = new Uint8Array([...functionModule([]), ...broken]);
    const out = instrument(bytes).bytes;
    expect(WebAssembly.validate(out)).toBe(true);
    expect([...out].slice(-broken.length)).toEqual(broken);
  });

  test("the guest's own branch hints, on the same branches", () => {
    const plain = wat(
      "(module (memory 1) (func (param i32) (drop (i32.load (local.get 0))) (block (br_if 0 (local.get 0)))))",
    );
    const codeAt = Buffer.from(plain).indexOf(Buffer.from([0x0d, 0x00, 0x0b]));
    const bodyAt = Buffer.from(plain).indexOf(Buffer.from([0x00, 0x20, 0x00, 0x28]));
    const name = "metadata.code.branch_hint";
    const payload = [name.length, ...Buffer.from(name), 1, 0, 1, codeAt - bodyAt, 1, 1];
    const sectionAt = Buffer.from(plain).indexOf(Buffer.from([0x0a]), 20);
    const bytes = new Uint8Array([
      ...plain.subarray(0, sectionAt),
      0,
      payload.length,
      ...payload,
      ...plain.subarray(sectionAt),
    ]);
    const { bytes: out } = instrument(bytes, { fuel: false });
    expect(WebAssembly.validate(out)).toBe(true);
    const hints = new Uint8Array(
      WebAssembly.Module.customSections(new WebAssembly.Module(out), name)[0] as ArrayBuffer,
    );
    const body = Buffer.from(out).indexOf(Buffer.from([0x02, 0x40, 0x02, 0x40, 0x20, 0x00])) - 1;
    const found = [...hints.subarray(3)]
      .filter((_byte, n) => n % 3 === 0)
      .map((offset) => out[body + offset]);
    expect(hints[1]).toBeGreaterThan(0);
    expect(found.every((opcode) => opcode === 0x0d || opcode === 0x04)).toBe(true);
    expect([...hints].slice(-1)).toEqual([1]);
  });
});

test("the version is part of what is told", () => {
  expect(instrument(wat("(module)")).info.version).toBe(INSTRUMENTER_VERSION);
});
