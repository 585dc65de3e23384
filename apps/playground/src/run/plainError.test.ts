import { expect, it } from "vitest";
import { explainError, explainFileError } from "./plainError.ts";

function errorNamed(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

it("a refused file is named with the runtime's own reason", () => {
  const error = errorNamed("InstrumentError", "not WebAssembly: it starts with 7f 45 4c 46 (an ELF file?)");
  expect(explainError(error, "a.wasm")).toEqual({
    title: "This file cannot be run",
    detail: "a.wasm: not WebAssembly: it starts with 7f 45 4c 46 (an ELF file?)",
  });
});

it("an error of an unknown class is not blamed on the file", () => {
  expect(explainError(new TypeError("x is undefined")).title).toBe("Something went wrong in the page");
});

it.each([["thrown text"], [undefined], [new Error("")]])("something is said about %j", (thrown) => {
  expect(explainError(thrown).detail).not.toBe("");
});

it.each([
  ["an empty file", [], "This file is empty"],
  ["a picture", [0x89, 0x50, 0x4e, 0x47], "This is not a WebAssembly file"],
  ["two bytes of a module", [0x00, 0x61], "This is not a WebAssembly file"],
  ["a broken module", [0x00, 0x61, 0x73, 0x6d, 0xff], "This file cannot be run"],
])("%s is called what it is, beside the runtime's reason", (_, bytes, title) => {
  const error = errorNamed("InstrumentError", "the reason");
  expect(explainFileError(error, "a.wasm", Uint8Array.from(bytes))).toEqual({
    title,
    detail: "a.wasm: the reason",
  });
});
