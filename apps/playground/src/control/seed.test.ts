import { expect, it } from "vitest";
import { drawSeed, parseSeed } from "./seed.ts";

it("a seed is a whole number that a run takes", () => {
  expect(["0", " 7 ", "9007199254740991"].map(parseSeed)).toEqual([0, 7, 2 ** 53 - 1]);
  expect(["", "-1", "1.5", "seven", "9007199254740992", "1e3"].map(parseSeed)).toEqual(
    Array(6).fill(undefined),
  );
});

it("a drawn seed is one that can be read out", () => {
  expect([drawSeed(0), drawSeed(0.5), drawSeed(0.999_999_999)]).toEqual([0, 500_000, 999_999]);
});
