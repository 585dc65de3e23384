import { expect, test } from "vitest";
import { checkDependencies } from "./dependencies.mjs";
import { readSourceFile } from "./sourceFile.mjs";

const own = { name: "@lunatic-web/runtime", dependencies: { idb: "8" }, devDependencies: { wabt: "1" } };
const root = { devDependencies: { vitest: "4" } };

test("what ships may import its package's dependencies and itself, nothing else", () => {
  const text = `
    import { openDB } from "idb";
    import { x } from "@lunatic-web/runtime/inspect";
    import wabt from "wabt";
    import { test } from "vitest/config";`;
  expect(check(text, true)).toEqual([
    "imports wabt, which @lunatic-web/runtime does not declare",
    "imports vitest, which @lunatic-web/runtime does not declare",
  ]);
});

test("what ships may import development dependencies that its build bundles", () => {
  const file = readSourceFile("packages/runtime-web/src/hub/moduleCache.ts", `import wabt from "wabt";`);
  expect(checkDependencies(file, true, { ...own, bundledDevDependencies: ["wabt"] }, root)).toEqual([]);
  expect(checkDependencies(file, true, { bundledDevDependencies: ["wabt"] }, root)).toHaveLength(1);
});

test("tests and tools may use development dependencies, the root's too", () => {
  expect(check(`import wabt from "wabt"; import { test } from "vitest";`, false)).toEqual([]);
  expect(check(`import type { Page } from "puppeteer-core";`, false)).toHaveLength(1);
});

test("a scope is part of a package's name", () => {
  expect(check(`import { a } from "@lunatic-web/runtime-other/inspect";`, false)).toEqual([
    "imports @lunatic-web/runtime-other, which @lunatic-web/runtime does not declare",
  ]);
});

test("Node's own modules and relative files are no packages", () => {
  expect(
    checkDependencies(readSourceFile("a.ts", `import "node:fs"; import "./b.ts";`), false, {}, {}),
  ).toEqual([]);
});

function check(text: string, ships: boolean) {
  const file = readSourceFile("packages/runtime-web/src/hub/moduleCache.ts", text);
  return checkDependencies(file, ships, own, root).map((finding) => finding.problem);
}
