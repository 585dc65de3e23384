import { describe, expect, test } from "vitest";
import { GuestTrap } from "../kernel/guestTrap.ts";
import {
  arrayAddress,
  copyIn,
  copyOut,
  InvalidTextError,
  NO_MEMORY,
  OutOfBoundsError,
  readString,
  readU32,
  readU64,
  writeString,
  writeU32,
  writeU64,
} from "./guestMemory.ts";
import { TestMemory } from "./testing/testMemory.ts";

const SIZE = 65_536;

describe("guest memory (host ABI ch. 1)", () => {
  test("pointers and lengths above 2^31 arrive negative and are taken as unsigned", () => {
    const memory = new TestMemory();
    expect(() => readU32(memory, -4)).toThrow("address 4294967292");
    expect(() => copyIn(memory, 0, -1)).toThrow("4294967295 bytes");
  });

  test.each([
    ["u32", 4, (memory: TestMemory, ptr: number) => writeU32(memory, ptr, 0xdead_beef)],
    ["u64", 8, (memory: TestMemory, ptr: number) => writeU64(memory, ptr, 0xdead_beefn)],
    ["string", 3, (memory: TestMemory, ptr: number) => writeString(memory, ptr, "aé")],
    ["bytes", 5, (memory: TestMemory, ptr: number) => copyOut(memory, ptr, new Uint8Array(5))],
  ])("a %s may end at the last byte and not behind it", (_, size, write) => {
    const memory = new TestMemory();
    write(memory, SIZE - size);
    expect(() => write(memory, SIZE - size + 1)).toThrow(OutOfBoundsError);
    expect(() => write(memory, -1)).toThrow(OutOfBoundsError);
    expect(memory.isIntact).toBe(true);
  });

  test("numbers are little-endian, and read as they were written", () => {
    const memory = new TestMemory();
    writeU32(memory, 9, 0x8182_8384);
    writeU64(memory, 17, 0xf1f2_f3f4_f5f6_f7f8n);
    expect([...copyIn(memory, 9, 4)]).toEqual([0x84, 0x83, 0x82, 0x81]);
    expect([...copyIn(memory, 17, 8)]).toEqual([0xf8, 0xf7, 0xf6, 0xf5, 0xf4, 0xf3, 0xf2, 0xf1]);
    expect(readU32(memory, 9)).toBe(0x8182_8384);
    expect(readU64(memory, 17)).toBe(0xf1f2_f3f4_f5f6_f7f8n);
  });

  test.each([0, 1, 8, SIZE, SIZE + 1, -1])("with length 0 the pointer %i is not looked at", (ptr) => {
    const memory = new TestMemory();
    expect(readString(memory, ptr, 0)).toBe("");
    expect(copyIn(memory, ptr, 0)).toHaveLength(0);
    copyOut(memory, ptr, new Uint8Array(0));
    expect(memory.isIntact).toBe(true);
  });

  test("a copy taken in does not change with the memory", () => {
    const memory = new TestMemory();
    writeU32(memory, 0, 1);
    const copy = copyIn(memory, 0, 4);
    writeU32(memory, 0, 2);
    expect([...copy]).toEqual([1, 0, 0, 0]);
  });

  test("a string that is not UTF-8 traps", () => {
    const memory = new TestMemory();
    copyOut(memory, 0, Uint8Array.from([0x61, 0xff]));
    expect(() => readString(memory, 0, 2)).toThrow(InvalidTextError);
    expect(() => readString(memory, 0, 2)).toThrow(GuestTrap);
  });

  test("an array whose size does not fit 32 bits is outside, not wrapped to a small one", () => {
    const memory = new TestMemory();
    expect(() => arrayAddress(memory, 0, 0x2000_0000, 8)).toThrow(OutOfBoundsError);
    expect(() => arrayAddress(memory, 0, -1, 8)).toThrow(OutOfBoundsError);
    expect(arrayAddress(memory, 0, 2, 8)).toBe(memory.address(0, 16));
  });

  test("a module that exports no memory traps on every access", () => {
    expect(() => readU32(NO_MEMORY, 0)).toThrow(GuestTrap);
    expect(() => readString(NO_MEMORY, 0, 1)).toThrow("exports no memory");
  });
});
