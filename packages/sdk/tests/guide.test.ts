import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openEditor } from "../editor/testing/languageService.ts";
import { compileProgram } from "./testing/fakeHost.ts";
import { guidePrograms } from "./testing/guidePrograms.ts";

const guide = readFileSync(join(import.meta.dirname, "../../../docs/sdk/fromTypeScript.md"), "utf8");
const programs = guidePrograms(guide);

test("the guide teaches by programs", () => {
  expect(programs.length).toBeGreaterThan(10);
});

describe.each(programs)("the program in line $line of the guide", ({ code }) => {
  test("compiles", () => {
    expect(WebAssembly.Module.exports(compileProgram(code)).map(({ name }) => name)).toContain("_start");
  });

  test("shows no error in an editor", () => {
    expect(openEditor({ "main.ts": code }).errors()).toEqual([]);
  });
});
