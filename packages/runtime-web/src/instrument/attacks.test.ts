/**
 * Modules made to break out: what an engine refuses in the original must not become valid by our additions, and no
 * guest reaches what we added.
 */
import { describe, expect, test } from "vitest";
import { InstrumentError } from "./error.ts";
import { instrument } from "./instrument.ts";
import { bytesOf, functionModule } from "./testing/binary.ts";
import { wat } from "./testing/wat.ts";

/** Instrumentation or, after it, the engine refuses. */
function isRefused(bytes: Uint8Array<ArrayBuffer>): boolean {
  try {
    return !WebAssembly.validate(instrument(bytes).bytes);
  } catch (error) {
    if (error instanceof InstrumentError) return true;
    throw error;
  }
}

/** Body of a function in a module with one page of memory, a global and the type `() -> ()` as type 0. */
const BODIES: readonly [what: string, body: readonly number[]][] = [
  ["a local behind its own, where ours are", [0x20, 0x00, 0x1a]],
  ["setting a local behind its own", [0x41, 0, 0x21, 0x01]],
  ["the arena's base, a global behind its own", [0x41, 0, 0x24, 0x01]],
  ["the limit", [0x41, 0x7f, 0x24, 0x03]],
  ["reading the control block's address", [0x23, 0x04, 0x1a]],
  ["a function behind its own: the process's entry", [0x41, 0, 0x10, 0x05]],
  ["an import we added", [0x41, 0, 0x10, 0x01]],
  ["a reference to a function behind its own", [0xd2, 0x03, 0x1a]],
  ["a label that reaches our wrapper", [0x0c, 0x01]],
  ["a conditional label that reaches our wrapper", [0x41, 0x01, 0x0d, 0x02]],
  ["a branch table that reaches our wrapper", [0x41, 0x01, 0x0e, 0x01, 0x00, 0x02]],
  ["an end that closes our wrapper", [0x0b, 0x41, 0, 0x28, 0x02, 0x00, 0x1a]],
  ["a block left open", [0x02, 0x40]],
  ["an else without an if", [0x05]],
  ["a catch without a try", [0x19]],
  ["a delegate without a try", [0x18, 0x00]],
  ["a type behind its own", [0x02, 0x02, 0x0b]],
  ["an indirect call with a type behind its own", [0x41, 0, 0x11, 0x01, 0x00]],
  ["a second memory through an alignment flag", [0x41, 0, 0x28, 0x42, 0x00, 0x00, 0x1a]],
  ["a second memory's size", [0x3f, 0x01, 0x1a]],
  ["a load without an address", [0x28, 0x02, 0x00, 0x1a]],
  ["a load from an i64 address", [0x42, 0x00, 0x28, 0x02, 0x00, 0x1a]],
  ["a store without an address", [0x41, 0x00, 0x36, 0x02, 0x00]],
  ["a store of the wrong type", [0x41, 0x00, 0x42, 0x00, 0x36, 0x02, 0x00]],
  ["an access beyond its natural alignment", [0x41, 0x00, 0x28, 0x03, 0x00, 0x1a]],
  ["a constant address and too much alignment", [0x41, 0x08, 0x2d, 0x01, 0x00, 0x1a]],
  ["a value left on the stack", [0x41, 0x00]],
  ["a memory.init of a missing segment", [0x41, 0, 0x41, 0, 0x41, 0, 0xfc, 0x08, 0x00, 0x00]],
  ["a data.drop of a missing segment", [0xfc, 0x09, 0x00]],
  ["a tag behind its own", [0x08, 0x00]],
  ["a table that is not there", [0x41, 0, 0x25, 0x00, 0x1a]],
  ["an unknown opcode", [0x27]],
  ["an unknown prefixed opcode", [0xfc, 0x7f]],
  ["an unknown vector opcode", [0xfd, 0xff, 0x7f]],
  ["a gc instruction", [0xfb, 0x00, 0x00]],
];

describe("a function that names", () => {
  test.each(BODIES)("%s is refused", (_what, body) => {
    const bytes = functionModule(body);
    expect(WebAssembly.validate(bytes)).toBe(false);
    expect(isRefused(bytes)).toBe(true);
  });

  test("nothing unusual is accepted, so that the refusals above mean something", () => {
    const bytes = functionModule([0x41, 0x00, 0x28, 0x02, 0x00, 0x1a]);
    expect(WebAssembly.validate(bytes)).toBe(true);
    expect(isRefused(bytes)).toBe(false);
  });
});

describe("a module", () => {
  test.each([
    ["lunatic_web", "memory", "(memory 0)"],
    ["lunatic_web", "wait", "(func)"],
    ["lunatic_web", "anything", "(global i32)"],
  ])("that imports %s %s is refused", (module, name, type) => {
    expect(() => instrument(wat(`(module (import "${module}" "${name}" ${type}))`))).toThrow(InstrumentError);
  });

  test("that exports a name of ours is refused", () => {
    expect(() => instrument(wat('(module (func (export "lunatic_web:init")))'))).toThrow("lunatic_web:init");
  });

  test("that accesses memory without having one is refused", () => {
    for (const body of [
      [0x41, 0, 0x28, 2, 0, 0x1a],
      [0x3f, 0, 0x1a],
      [0x41, 0, 0x40, 0, 0x1a],
      [0x41, 0, 0x41, 0, 0x41, 0, 0xfc, 11, 0],
    ]) {
      const bytes = functionModule(body, { hasMemory: false });
      expect(WebAssembly.validate(bytes)).toBe(false);
      expect(isRefused(bytes)).toBe(true);
    }
  });

  test.each([
    ["a data segment without a memory", '(data (i32.const 0) "a")'],
    [
      "a data offset that reads a mutable global",
      '(memory 1) (global (mut i32) (i32.const 0)) (data (global.get 0) "a")',
    ],
    ["a data offset of the wrong type", '(memory 1) (data (i64.const 0) "a")'],
    [
      "a data offset that computes with the wrong type",
      '(memory 1) (data (i32.add (i32.const 0) (i64.const 0)) "a")',
    ],
    ["a memory whose maximum is below its minimum", "(memory 2 1)"],
    ["a memory of more than 65,536 pages", "(memory 65537)"],
    ["a start function with parameters", "(func (param i32)) (start 0)"],
    ["an export of a memory that is not there", '(export "m" (memory 0))'],
    ["two exports of one name, one the memory's", '(memory (export "x") 1) (func (export "x"))'],
    ["a global read before it is declared", "(global i32 (global.get 1)) (global i32 (i32.const 0))"],
  ])("with %s is refused", (_what, text) => {
    const bytes = bytesOf(text);
    expect(WebAssembly.validate(bytes)).toBe(false);
    expect(isRefused(bytes)).toBe(true);
  });

  test.each([
    ["two memories", "(memory 1) (memory 1)"],
    ["an imported memory", '(import "m" "m" (memory 1))'],
    ["a shared memory", "(memory 1 2 shared)"],
    ["a 64-bit memory", "(memory i64 1)"],
  ])("with %s is told that it is unsupported, and what to do", (_what, text) => {
    const bytes = bytesOf(text);
    expect(() => instrument(bytes)).toThrow(
      expect.objectContaining({ name: "InstrumentError", kind: "unsupported" }),
    );
  });
});

test("a type that refers to itself is no attack", () => {
  // (type $t (func (param (ref $t)))), valid in engines with typed references.
  const bytes = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 6, 1, 0x60, 1, 0x64, 0, 0]);
  expect(() => instrument(bytes)).not.toThrow();
});
