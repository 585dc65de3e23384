import { expect, it } from "vitest";
import { explainError } from "./plainError.ts";

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
