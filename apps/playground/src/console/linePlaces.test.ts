import { expect, it } from "vitest";
import { linkPlaces } from "./linePlaces.ts";

it("a place in a line leads to its file, line and column", () => {
  expect(linkPlaces("panicked at 'no', src/main.ts:12:5")).toEqual([
    { text: "panicked at 'no', " },
    { text: "src/main.ts:12:5", place: { file: "src/main.ts", line: 12, column: 5 } },
  ]);
  expect(linkPlaces("(main.ts:3) and a.ts:1:2.")).toEqual([
    { text: "(" },
    { text: "main.ts:3", place: { file: "main.ts", line: 3, column: 1 } },
    { text: ") and " },
    { text: "a.ts:1:2", place: { file: "a.ts", line: 1, column: 2 } },
    { text: "." },
  ]);
});

it.each(["nothing", "main.rs:3:5", "~lib/array.ts:3:5", "/etc/a.ts:1:1", "main.ts", "12:30:01"])(
  "%s is no place of the project",
  (text) => {
    expect(linkPlaces(text)).toEqual([{ text }]);
  },
);
