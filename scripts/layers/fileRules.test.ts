import { expect, test } from "vitest";
import { checkLength, checkNames, countLines } from "./fileRules.mjs";

test("400 lines pass and 401 do not", () => {
  expect(checkLength("a.ts", "x\n".repeat(400))).toEqual([]);
  expect(checkLength("a.ts", "x\n".repeat(401)).map((finding) => finding.problem)).toEqual([
    "has 401 lines, more than 400",
  ]);
});

test("a last line counts with or without its line break", () => {
  expect([countLines(""), countLines("a"), countLines("a\n"), countLines("a\nb")]).toEqual([0, 1, 1, 2]);
});

test.each([
  ["utils.ts"],
  ["src/stringHelpers.ts"],
  ["helpers/a.ts"],
  ["ProcessManager.tsx"],
  ["misc-codec.mjs"],
])("a name that says nothing is refused: %s", (path) => {
  expect(checkNames([path])).toHaveLength(1);
});

test("a word that only contains a banned one is a name like any other", () => {
  expect(checkNames(["src/futility.ts", "src/permission.ts", "src/miscount.ts"])).toEqual([]);
});

test("two names that differ only in case, hyphens or language are one name too many", () => {
  expect(checkNames(["src/runQueue.ts", "src/run-queue.tsx"])).toHaveLength(1);
  expect(checkNames(["src/runQueue.test.ts", "src/RunQueue.test.ts"])).toHaveLength(1);
});

test("one noun may have its code, its test and its style, and a namesake in another folder", () => {
  const paths = ["abi/process.ts", "abi/process.test.ts", "abi/process.css", "kernel/process.ts"];
  expect(checkNames(paths)).toEqual([]);
});
