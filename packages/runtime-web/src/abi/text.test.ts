import { describe, expect, test } from "vitest";
import { decodeText, encodeText, textByteLength } from "./text.ts";

const SAMPLES = ["", "plain", "é", "aé𝄞b", "𝄞", "\u0000", "\ufeffmark", "\u07ff\u0800\uffff"];
const HIGH = String.fromCharCode(0xd834);
const LOW = String.fromCharCode(0xdd1e);
const LONE_SURROGATES = [HIGH, LOW, `a${HIGH}b`, LOW + HIGH, HIGH + HIGH + LOW];

describe("the string codec", () => {
  test.each(SAMPLES)("gives %j back as it was", (text) => {
    expect(decodeText(encodeText(text))).toBe(text);
  });

  test.each([...SAMPLES, ...LONE_SURROGATES])(
    "counts the UTF-8 bytes of %j, not its UTF-16 units",
    (text) => {
      expect(textByteLength(text)).toBe(encodeText(text).length);
    },
  );

  test("writes U+FFFD, which is three bytes, for each lone surrogate", () => {
    const written = LONE_SURROGATES.map((text) => decodeText(encodeText(text)));
    expect(written).toEqual(["\ufffd", "\ufffd", "a\ufffdb", "\ufffd\ufffd", "\ufffd𝄞"]);
    expect([...encodeText(HIGH)]).toEqual([0xef, 0xbf, 0xbd]);
  });

  test.each([
    ["a byte that begins nothing", [0x80]],
    ["a sequence cut short", [0xc3]],
    ["an astral character cut short", [0xf0, 0x9d, 0x84]],
    ["an encoded surrogate", [0xed, 0xa0, 0xb4]],
    ["an overlong form", [0xc0, 0x80]],
    ["a code point beyond U+10FFFF", [0xf4, 0x90, 0x80, 0x80]],
  ])("refuses %s", (_, bytes) => {
    expect(decodeText(Uint8Array.from(bytes))).toBeUndefined();
  });
});
