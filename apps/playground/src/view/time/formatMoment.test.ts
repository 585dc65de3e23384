import { expect, it } from "vitest";
import { formatMoment } from "./formatMoment.ts";

it("a moment is told to the millisecond, in minutes where seconds are too many", () => {
  expect(formatMoment(0)).toBe("0.000 s");
  expect(formatMoment(12.4)).toBe("0.012 s");
  expect(formatMoment(59_999)).toBe("59.999 s");
  expect(formatMoment(125_123)).toBe("2:05.123");
});
