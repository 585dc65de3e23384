import { describe, expect, it } from "vitest";
import wabtInit from "wabt";
import { instrument } from "../instrument/index.ts";
import { describeTrap, guestFrames } from "./guestStack.ts";

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
const chromium = (index: number) => `    at name (wasm://wasm/0a1b2c3d:wasm-function[${index}]:0x3f)`;
const firefox = (index: number) =>
  `name@https://page/hub.js line 3 > WebAssembly.Module:wasm-function[${index}]:0x3f`;

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
      { functionIndex: 1, name: "inner" },
      { functionIndex: 2, name: "app::outer" },
    ]);
  });

  it("names a function without a name by its number, and leaves the instrumenter's own out", () => {
    const { imported, addedImports, defined } = info.functions;
    const stack = [chromium(4 + shift), chromium(imported + addedImports + defined), chromium(imported)].join(
      "\n",
    );
    expect(guestFrames(stack, info)).toEqual([{ functionIndex: 4, name: "function 4" }]);
  });
});

it("ends at the entry thunk: below it are the driver's frames, whose numbers mean nothing in the guest", () => {
  const { imported, addedImports, defined } = info.functions;
  const entry = imported + addedImports + defined + 3;
  const stack = [chromium(1 + shift), chromium(entry), chromium(2 + shift), chromium(0)].join("\n");
  expect(guestFrames(stack, info)).toEqual([{ functionIndex: 1, name: "inner" }]);
});

it("takes no frame for an imported function: those are another module's", () => {
  expect(guestFrames([chromium(0), chromium(1 + shift)].join("\n"), info)).toHaveLength(1);
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
