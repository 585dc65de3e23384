import { describe, expect, it } from "vitest";
import { payloadLines, payloadString } from "./payloadText.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

describe("a payload", () => {
  it("is dumped in lines of eight bytes with their text beside them", () => {
    expect(payloadLines(bytes("hello\nworld"))).toEqual([
      { offset: "0000", hex: "68 65 6c 6c 6f 0a 77 6f", text: "hello·wo" },
      { offset: "0008", hex: "72 6c 64", text: "rld" },
    ]);
    expect(payloadLines(new Uint8Array())).toEqual([]);
  });

  it("is a text when it is printable UTF-8, and nothing else is", () => {
    expect(payloadString(bytes("grüße"), true)).toBe("grüße");
    expect(payloadString(bytes("a\u0000b"), true)).toBeUndefined();
    expect(payloadString(new Uint8Array([0xff, 0xfe]), true)).toBeUndefined();
    expect(payloadString(new Uint8Array(), true)).toBeUndefined();
  });

  it("that was cut inside of a character is a text up to there", () => {
    expect(payloadString(bytes("aß").subarray(0, 2), false)).toBe("a");
    expect(payloadString(bytes("aß").subarray(0, 2), true)).toBeUndefined();
  });
});
