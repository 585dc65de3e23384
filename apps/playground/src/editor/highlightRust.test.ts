import { describe, expect, it } from "vitest";
import { highlightRust, highlightRustLines } from "./highlightRust.ts";

function kinds(source: string): string[] {
  return highlightRust(source)
    .filter((token) => token.text.trim() !== "")
    .map((token) => `${token.kind} ${token.text.trim()}`);
}

describe("tokens", () => {
  it("keywords, functions, types, macros and strings are told apart", () => {
    expect(kinds('fn main() { let p: Process<u32> = spawn!(|| println!("hi \\" there")); }')).toEqual([
      "keyword fn",
      "function main",
      "plain () {",
      "keyword let",
      "plain p:",
      "type Process",
      "plain <",
      "type u32",
      "plain > =",
      "macro spawn",
      "plain !(||",
      "macro println",
      "plain !(",
      'string "hi \\" there"',
      "plain )); }",
    ]);
  });

  it("a lifetime is no character and a character no lifetime", () => {
    expect(kinds("&'a str 'x' '\\n' '\\u{1F600}' 'static")).toEqual([
      "plain &",
      "lifetime 'a",
      "type str",
      "character 'x'",
      "character '\\n'",
      "character '\\u{1F600}'",
      "lifetime 'static",
    ]);
  });

  it("raw strings end at their own number of marks", () => {
    expect(kinds('r#"a "quoted" b"# + r"x" + br##"y"# z"##')).toEqual([
      'string r#"a "quoted" b"#',
      "plain +",
      'string r"x"',
      "plain +",
      'string br##"y"# z"##',
    ]);
  });

  it("block comments nest", () => {
    expect(kinds("/* a /* b */ c */ x // y\nz")).toEqual([
      "comment /* a /* b */ c */",
      "plain x",
      "comment // y",
      "plain z",
    ]);
  });

  it("numbers keep their suffix, point and separator, and a range is no number", () => {
    expect(kinds("1_000u64 2.5e-3 0xff 0..10")).toEqual([
      "number 1_000u64",
      "number 2.5e-3",
      "number 0xff",
      "number 0",
      "plain ..",
      "number 10",
    ]);
  });

  it("an attribute is one piece", () => {
    expect(kinds("#[derive(Serialize)]\n#![no_std]")).toEqual([
      "attribute #[derive(Serialize)]",
      "attribute #![no_std]",
    ]);
  });

  it("a negation is no macro, and a constant no type", () => {
    expect(kinds("a != b; LIMIT")).toEqual(["plain a != b; LIMIT"]);
  });

  it("a call with type arguments is a function", () => {
    expect(kinds("parse::<u32>()")[0]).toBe("function parse");
  });
});

describe("any input", () => {
  it.each(["", '"open', "/* open", 'r#"open', "'", "é 𝄞 \u0000 #", "fn fn 'a' \\", "\r\n\t"])(
    "%j comes back whole",
    (source) => {
      expect(
        highlightRust(source)
          .map((token) => token.text)
          .join(""),
      ).toBe(source);
    },
  );

  it("lines are those of the source, also within a piece that spans several", () => {
    const source = 'let a = "x\n  y";\n\n/* one\ntwo */ end\n';
    const lines = highlightRustLines(source);
    expect(lines.map((line) => line.map((token) => token.text).join(""))).toEqual(source.split("\n"));
    expect(lines[1]?.[0]).toEqual({ kind: "string", text: '  y"' });
    expect(lines[4]?.[0]).toEqual({ kind: "comment", text: "two */" });
  });
});
