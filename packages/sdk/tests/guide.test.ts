import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { compileProgram } from "./testing/fakeHost.ts";
import { guidePrograms } from "./testing/guidePrograms.ts";

const guide = readFileSync(join(import.meta.dirname, "../../../docs/sdk/fromTypeScript.md"), "utf8");
const programs = guidePrograms(guide);

test("every program of the guide says what it prints", () => {
  expect(programs).toHaveLength(guide.split("```ts\n").length - 1);
  expect(programs.length).toBeGreaterThan(10);
});

test.each(programs)("the program in line $line of the guide compiles", ({ code }) => {
  expect(WebAssembly.Module.exports(compileProgram(code)).map(({ name }) => name)).toContain("_start");
});
