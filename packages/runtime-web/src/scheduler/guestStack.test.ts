import { describe, expect, it } from "vitest";
import wabtInit from "wabt";
import { instrument, originalOffset } from "../instrument/index.ts";
import { GuestTrap } from "../kernel/guestTrap.ts";
import { describeTrap, guestFrames, moveTrap, withFrames } from "./guestStack.ts";

const wabt = await wabtInit();

/** Index 0 is the import; the instrumenter's imports shift the others. */
function moduleInfo() {
  const text = `(module (import "lunatic::process" "process_id" (func $process_id (result i64)))
    (memory (export "memory") 1)
    (func $inner unreachable)
    (func $_ZN3app5outer17h0123456789abcdefE call $inner)
    (func $_ZN4core9panicking9panic_fmt17h0123456789abcdefE call $inner)
    (func (export "_start") call 2))`;
  const { buffer } = wabt.parseWat("stack.wat", text).toBinary({ write_debug_names: true });
  return instrument(new Uint8Array(buffer)).info;
}

const info = moduleInfo();
const shift = info.functions.addedImports;
const chromium = (index: number) => `    at name (wasm://wasm/0a1b2c3d:wasm-function[${index}]:0x3)`;
const firefox = (index: number) =>
  `name@https://page/hub.js line 3 > WebAssembly.Module:wasm-function[${index}]:0x3`;

describe("guestFrames", () => {
  it.each([
    ["Chromium", chromium],
    ["Firefox", firefox],
  ])("reads %s's stacks in the guest's own function numbers, demangled", (_engine, line) => {
    const stack = [
      "RuntimeError: unreachable",
      line(1 + shift),
      "    at raiseTrap (https://page/x.js:1:2)",
      line(2 + shift),
    ].join("\n");
    expect(guestFrames(stack, info)).toEqual([
      { name: "inner", offset: undefined },
      { name: "app::outer", offset: undefined },
    ]);
  });

  it("names a function without a name by its number, and leaves the instrumenter's own out", () => {
    const { imported, addedImports, defined } = info.functions;
    const stack = [chromium(4 + shift), chromium(imported + addedImports + defined), chromium(imported)].join(
      "\n",
    );
    expect(guestFrames(stack, info)).toEqual([{ name: "function 4", offset: undefined }]);
  });
});

it("ends at the entry thunk: below it are the driver's frames, whose numbers mean nothing in the guest", () => {
  const { imported, addedImports, defined } = info.functions;
  const entry = imported + addedImports + defined + 3;
  const stack = [chromium(1 + shift), chromium(entry), chromium(2 + shift), chromium(0)].join("\n");
  expect(guestFrames(stack, info)).toEqual([{ name: "inner", offset: undefined }]);
});

it("takes no frame for an imported function: those are another module's", () => {
  expect(guestFrames([chromium(0), chromium(1 + shift)].join("\n"), info)).toHaveLength(1);
});

it.each([
  ["Chromium", (at: string) => `    at name (wasm://wasm/0a1b2c3d:wasm-function[${1 + shift}]:${at})`],
  ["Firefox", (at: string) => `name@page line 3 > WebAssembly.Module:wasm-function[${1 + shift}]:${at}`],
])("tells where in the author's module a frame of %s was", (_engine, line) => {
  const instrumented = Array.from({ length: 400 }, (_, offset) => offset);
  const inCode = instrumented.filter((offset) => originalOffset(info, offset) !== undefined);
  expect(inCode.length).toBeGreaterThan(5);
  for (const offset of inCode) {
    const [frame] = guestFrames(line(`0x${offset.toString(16)}`), info);
    expect(frame).toEqual({ name: "inner", offset: originalOffset(info, offset) });
  }
});

it("a trap's cause gets the frames, another end none", () => {
  const trapped = { type: "trapped", message: "unreachable", stack: chromium(1 + shift) } as const;

  expect(withFrames(trapped, info)).toEqual({ ...trapped, frames: [{ name: "inner", offset: undefined }] });
  expect(withFrames({ type: "returned" }, info)).toEqual({ type: "returned" });
});

describe("describeTrap", () => {
  const trapped = (stack: string) => ({ type: "trapped", message: "unreachable", stack }) as const;

  it("shows the author's functions and not Rust's panic machinery", () => {
    const stack = [chromium(3 + shift), chromium(2 + shift)].join("\n");
    expect(describeTrap(trapped(stack), info)).toBe("unreachable\napp::outer");
  });

  it("shows the machinery where there is nothing else", () => {
    expect(describeTrap(trapped(chromium(3 + shift)), info)).toBe("unreachable\ncore::panicking::panic_fmt");
  });
});

describe("a trap that comes with a late answer", () => {
  const frames = [chromium(shift + 1), chromium(shift + 2)].join("\n");

  it("has the stack on which its process gave its thread up", () => {
    const trap = new GuestTrap("no $& such row");
    const taken = new Error();
    taken.stack = `Error\n${frames}`;
    moveTrap(trap, taken);
    expect(trap.stack).toBe(`GuestTrap: no $& such row\n${frames}`);
    expect(guestFrames(trap.stack!, info).map(({ name }) => name)).toEqual(["inner", "app::outer"]);
  });

  it("has none rather than that of the process on whose stack the answer came", () => {
    const trap = new GuestTrap("no such row");
    trap.stack = `GuestTrap: no such row\n${frames}`;
    moveTrap(trap, undefined);
    expect(guestFrames(trap.stack, info)).toEqual([]);
  });
});
