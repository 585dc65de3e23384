import { expect, it } from "vitest";
import { locateTraps } from "./trapPlaces.ts";

/** Byte 10 is main.ts 1:1, byte 20 is ~lib/array.ts 2:3. */
const SOURCE_MAP = JSON.stringify({
  version: 3,
  sources: ["main.ts", "~lib/array.ts"],
  names: [],
  mappings: "UAAA,UCCE",
});
const files = new Map([["main.ts", ""]]);

it("a trap in a library is at the visitor's line that called it", () => {
  const text = "index out of range\n~lib/array/Array#get:0x14\nmain/main:0xa";
  expect(locateTraps([{ pid: 3, text }], SOURCE_MAP, files)).toEqual([
    { pid: 3, message: "index out of range", place: { file: "main.ts", line: 1, column: 1 } },
  ]);
});

it("a process that panicked is told of in its own words", () => {
  const stderr = (pid: number) =>
    pid === 3 ? ["before", "thread '<unnamed>' panicked at 'it's over', main.ts:1:1"] : [];
  expect(
    locateTraps([{ pid: 3, text: "unreachable\nmain/main:0xa" }], SOURCE_MAP, files, stderr),
  ).toMatchObject([{ message: "it's over" }]);
});

it("a trap without a line of the project has no place", () => {
  expect(locateTraps([{ pid: 3, text: "out of fuel\nsomewhere" }], SOURCE_MAP, files)).toEqual([]);
});
