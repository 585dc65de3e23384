import { expect, it } from "vitest";
import { customSectionOf } from "./customSection.ts";

const HEADER = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const text = (value: string) => [...new TextEncoder().encode(value)];
/** A custom section with the name "n" and 200 bytes, so that its size takes two. */
const LONG = [0, 0xca, 0x01, 1, ...text("n"), ...Array<number>(200).fill(7)];

it("the section of a name is found among others, of whatever size", () => {
  const module = Uint8Array.from([...HEADER, 1, 1, 0, ...LONG, 0, 6, 3, ...text("abc"), 8, 9]);
  expect(customSectionOf(module, "abc")).toEqual(Uint8Array.from([8, 9]));
  expect(customSectionOf(module, "n")).toHaveLength(200);
  expect(customSectionOf(module, "ab")).toBeUndefined();
});

it.each([[[]], [[1, 2, 3]], [[...HEADER, 0, 255, 255, 255, 255, 255, 255]], [[...HEADER, 0, 100, 100]]])(
  "what is no module has none: %j",
  (bytes) => {
    expect(customSectionOf(Uint8Array.from(bytes), "abc")).toBeUndefined();
  },
);
