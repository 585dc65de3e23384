import { expect, it } from "vitest";
import { findMissing } from "./requirements.ts";

const complete = {
  WebAssembly: { Suspending: 1, promising: 1, JSTag: 1 },
  Worker: class {},
  HTMLScriptElement: { prototype: { noModule: true } },
};
const missingIn = (changes: object) =>
  findMissing({ ...complete, ...changes } as unknown as typeof globalThis);

it("nothing is missing in a browser that has everything", () => {
  expect(missingIn({})).toEqual([]);
});

it.each([
  [{ WebAssembly: undefined }, ["WebAssembly"]],
  [{ WebAssembly: { promising: 1, JSTag: 1 } }, [expect.stringContaining("JSPI")]],
  [{ WebAssembly: { Suspending: 1, promising: 1 } }, [expect.stringContaining("JSPI")]],
  [{ Worker: undefined }, ["web workers"]],
  [{ HTMLScriptElement: { prototype: {} } }, ["JavaScript modules"]],
  [{ Worker: undefined, WebAssembly: undefined }, ["WebAssembly", "web workers"]],
])("%j lacks what it lacks", (changes, missing) => {
  expect(missingIn(changes)).toEqual(missing);
});
