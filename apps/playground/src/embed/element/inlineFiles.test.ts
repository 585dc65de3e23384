import { expect, it } from "vitest";
import { readInlineFiles, unindent } from "./inlineFiles.ts";

const script = (type: string, textContent: string, dataset = {}) => ({ type, textContent, dataset });

it("scripts of the right type are files, in their order; others are none", () => {
  const files = readInlineFiles([
    script("text/lunatic", "\n  one\n  ", { file: "start.ts" }),
    script("module", "alert(1)"),
    script("text/lunatic", "two"),
  ]);
  expect(files).toEqual([
    { path: "start.ts", text: "one\n" },
    { path: "main.ts", text: "two\n" },
  ]);
});

it.each([
  ["", "\n"],
  ["\n    a\n      b\n\n    c\n  ", "a\n  b\n\nc\n"],
  ["a\n  b", "a\n  b\n"],
])("%j loses what the HTML around has given it", (text, expected) => {
  expect(unindent(text)).toBe(expected);
});
