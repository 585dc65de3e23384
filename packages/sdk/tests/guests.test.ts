import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { expect, test } from "vitest";
import { openEditor } from "../editor/testing/languageService.ts";

const guests = join(import.meta.dirname, "../../../guests/as");
const sources = readdirSync(guests, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts"))
  .sort();

test("examples, the framework's own tests and the programs that talk to Rust are looked at", () => {
  for (const path of ["examples/hello/main.ts", "tests/core.ts", "interop/operations.ts"])
    expect(sources).toContain(path);
});

test.each(sources)("%s, which runs, shows no error in an editor", (path) => {
  expect(openEditor(programOf(path), basename(path)).errors()).toEqual([]);
});

/** A source with those beside it, which it may import. */
function programOf(path: string): Record<string, string> {
  const folder = dirname(path);
  const files = sources.filter((source) => dirname(source) === folder);
  return Object.fromEntries(files.map((file) => [basename(file), readFileSync(join(guests, file), "utf8")]));
}
