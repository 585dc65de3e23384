import { describe, expect, test } from "vitest";
import { GuestTrap } from "../kernel/guestTrap.ts";
import { decodeEntryParams, type EntryParam, encodeEntryParams } from "./entryParams.ts";

const V128 = Uint8Array.from({ length: 16 }, (_, i) => 0xf0 + i);

describe("entry params (host ABI ch. 4)", () => {
  test("every type comes back as it was, at its limits", () => {
    const params: EntryParam[] = [
      { type: "i32", value: -1 },
      { type: "i32", value: 0x7fff_ffff },
      { type: "i32", value: -0x8000_0000 },
      { type: "i64", value: -1n },
      { type: "i64", value: -(2n ** 63n) },
      { type: "i64", value: 2n ** 63n - 1n },
      { type: "v128", value: V128 },
    ];
    expect(decodeEntryParams(encodeEntryParams(params))).toEqual(params);
  });

  test("a record has a type byte and 16 bytes of value, sign-extended as lunatic-rs writes it", () => {
    const ff = Array.from({ length: 16 }, () => 0xff);
    expect([...encodeEntryParams([{ type: "i32", value: -1 }])]).toEqual([0x7f, ...ff]);
    expect([...encodeEntryParams([{ type: "i64", value: 1n }])]).toEqual([0x7e, 1, ...Array(15).fill(0)]);
    expect([...encodeEntryParams([{ type: "v128", value: V128 }])]).toEqual([0x7b, ...V128]);
  });

  test("what as-lunatic leaves behind the value is ignored", () => {
    const i32 = [0x7f, 5, 0, 0, 0, ...Array(12).fill(0xaa)];
    const i64 = [0x7e, 6, 0, 0, 0, 0, 0, 0, 0, ...Array(8).fill(0xbb)];
    expect(decodeEntryParams(Uint8Array.from([...i32, ...i64]))).toEqual([
      { type: "i32", value: 5 },
      { type: "i64", value: 6n },
    ]);
  });

  test("none are none", () => {
    expect(decodeEntryParams(new Uint8Array(0))).toEqual([]);
  });

  test.each([1, 16, 18, 33])("a buffer of %i bytes traps", (length) => {
    expect(() => decodeEntryParams(new Uint8Array(length).fill(0x7f))).toThrow(GuestTrap);
  });

  test.each([0x00, 0x7c, 0x7d, 0x70, 0xff])("the type byte %i traps", (type) => {
    const bytes = new Uint8Array(34).fill(0x7f);
    bytes[17] = type;
    expect(() => decodeEntryParams(bytes)).toThrow(`param 1 has the type byte 0x${type.toString(16)}`);
  });

  test("records are read where the view begins, not where its buffer does", () => {
    const bytes = encodeEntryParams([
      { type: "i32", value: 1 },
      { type: "i32", value: 2 },
    ]);
    expect(decodeEntryParams(bytes.subarray(17))).toEqual([{ type: "i32", value: 2 }]);
  });
});
