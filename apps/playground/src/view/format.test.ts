import { expect, it } from "vitest";
import { formatBytes, formatCompact, formatCount, formatDuration } from "./format.ts";

it.each([
  [0, "0 B"],
  [1_023, "1023 B"],
  [65_536, "64 KiB"],
  [1_114_112, "1.1 MiB"],
  [1_572_864, "1.5 MiB"],
  [4_294_967_296, "4 GiB"],
  [5e12, "4657 GiB"],
])("%i bytes are %s", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

it.each([
  [0, "0 ms"],
  [999, "999 ms"],
  [1_000, "1.0 s"],
  [59_999, "59.9 s"],
  [125_000, "2:05 min"],
])("%i ms are %s", (durationMs, text) => {
  expect(formatDuration(durationMs)).toBe(text);
});

it("counts are grouped, and shortened where they run", () => {
  expect(formatCount(1_234_567)).toBe("1,234,567");
  expect(formatCompact(9_999)).toBe("9,999");
  expect(formatCompact(1_234_567)).toBe("1.23M");
});
