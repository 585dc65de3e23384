import { expect, it } from "vitest";
import { formatTag } from "./formatTag.ts";

it("a tag is told as it is, or by its ends where it is long", () => {
  expect([0n, 132n, -1n].map(formatTag)).toEqual(["0", "132", "-1"]);
  expect(formatTag(2n ** 56n + 132n)).toBe("0x01…0084");
  expect(formatTag(-(2n ** 63n))).toBe("0x80…0000");
});
