import { describe, expect, it } from "vitest";
import { BodyError } from "./bodyError.ts";
import { encodeBody, parseTag } from "./messageBody.ts";

const bytes = (format: "values" | "text" | "hex", text: string) => [...encodeBody(format, text)];

describe("the body of a message", () => {
  it.each([
    ["7", [7, 0, 0, 0]],
    ["7u8", [7]],
    ["-2i16", [0xfe, 0xff]],
    ["0xffu8 0x10", [0xff, 0x10, 0, 0, 0]],
    ["1_000u16", [0xe8, 0x03]],
    ["18446744073709551615u64", [255, 255, 255, 255, 255, 255, 255, 255]],
    ["1u128", [1, ...Array<number>(15).fill(0)]],
    ["1.5", [0, 0, 0, 0, 0, 0, 0xf8, 0x3f]],
    ["1f32", [0, 0, 0x80, 0x3f]],
    ["true false", [1, 0]],
    ['"hé"', [3, 0, 0, 0, 0, 0, 0, 0, 0x68, 0xc3, 0xa9]],
    ['"a\\n\\"b"', [4, 0, 0, 0, 0, 0, 0, 0, 97, 10, 34, 98]],
    ["'c'", [99]],
    ["[1u8, 2u8]", [2, 0, 0, 0, 0, 0, 0, 0, 1, 2]],
    ["(1u8, [true])", [1, 1, 0, 0, 0, 0, 0, 0, 0, 1]],
    ["1u8, 2u8", [1, 2]],
    ["()", []],
    ["", []],
  ])("as Rust values is bincode: %s", (text, expected) => {
    expect(bytes("values", text)).toEqual(expected);
  });

  it.each([
    ["hello", '"hello" is no value'],
    ["300u8", "300 does not fit into u8"],
    ["-1u32", "-1 does not fit into u32"],
    ["3000000000", "does not fit into i32"],
    ["1.5u8", "1.5u8 is no whole number"],
    ["1f16", "There is no type f16"],
    ['"open', "does not end"],
    ["[1", 'A "[" has no "]"'],
    ["1)", 'a ")" without'],
    ["[".repeat(5_000), "no message"],
  ])("as Rust values is refused in words: %s", (text, reason) => {
    expect(() => encodeBody("values", text)).toThrow(BodyError);
    expect(() => encodeBody("values", text)).toThrow(reason);
  });

  it("as hex may have spaces, commas, colons and 0x", () => {
    expect(bytes("hex", "00 ff, 0xA1:b2")).toEqual([0, 255, 0xa1, 0xb2]);
    expect(() => encodeBody("hex", "abc")).toThrow("one is missing");
    expect(() => encodeBody("hex", "zz")).toThrow('"z" is no hexadecimal digit');
  });

  it("as text is UTF-8, whatever it holds", () => {
    expect(bytes("text", ' "ü" ')).toEqual([32, 34, 0xc3, 0xbc, 34, 32]);
  });
});

describe("a tag", () => {
  it("is none when nothing is written, else decimal or hexadecimal", () => {
    expect([parseTag(""), parseTag(" 12 "), parseTag("0xff"), parseTag("-1")]).toEqual([
      0n,
      12n,
      255n,
      2n ** 64n - 1n,
    ]);
  });

  it.each(["one", "1.5", "0x", String(2n ** 64n), String(-(2n ** 63n) - 1n)])("is refused: %s", (text) => {
    expect(() => parseTag(text)).toThrow(BodyError);
  });
});
