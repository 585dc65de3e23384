import { expect, test } from "vitest";
import { findCycles } from "./cycles.mjs";
import { readSourceFile } from "./sourceFile.mjs";

test("files that import each other are reported as a path that closes", () => {
  expect(
    cycles({
      "a.ts": `import "./b.ts";`,
      "b.ts": `import "./c/d.ts";`,
      "c/d.ts": `export * from "../a.ts";`,
    }),
  ).toEqual([["a.ts", "b.ts", "c/d.ts", "a.ts"]]);
});

test("a file that imports itself is a circle of one", () => {
  expect(cycles({ "a.ts": `import "./a.ts";` })).toEqual([["a.ts", "a.ts"]]);
});

test("types may go round, since they are gone at run time", () => {
  expect(
    cycles({ "a.ts": `import type { B } from "./b.ts";`, "b.ts": `import { a } from "./a.ts";` }),
  ).toEqual([]);
});

test("two ways to the same file are no circle", () => {
  expect(
    cycles({
      "a.ts": `import "./b.ts"; import "./c.ts";`,
      "b.ts": `import "./d.ts";`,
      "c.ts": `import "./d.ts";`,
      "d.ts": "export const d = 1;",
    }),
  ).toEqual([]);
});

function cycles(files: Record<string, string>) {
  return findCycles(Object.entries(files).map(([path, text]) => readSourceFile(path, text)));
}
