import { expect, it } from "vitest";
import { highlightTypeScriptLines } from "./highlightTypeScript.ts";

const kinds = (source: string) =>
  highlightTypeScriptLines(source)
    .flat()
    .filter(({ kind }) => kind !== "plain")
    .map(({ kind, text }) => `${kind} ${text}`);

it("words have the colour of what they are", () => {
  expect(kinds("@process class A { n: i32 = 0x1F; say(): void { print(`a 1`); } } // end")).toEqual([
    "attribute @process",
    "keyword class",
    "type A",
    "type i32",
    "number 0x1F",
    "function say",
    "type void",
    "function print",
    "string `a 1`",
    "comment // end",
  ]);
});

it.each([
  "",
  "a\nb\n",
  "/* two\nlines */ x",
  "/* open",
  "\"open\n'open\n`open\n",
  "𝄞 é # \\ \u{1}",
  "a /b/ c",
  "`a\\`\n$" + "{b}`",
])("the pieces of %j are the source", (source) => {
  const lines = highlightTypeScriptLines(source).map((line) => line.map(({ text }) => text).join(""));
  expect(lines.join("\n")).toBe(source);
});
