import { expect, it } from "vitest";
import { visibleRange } from "./visibleRange.ts";

const base = { count: 10_000, scrollTopPx: 0, viewHeightPx: 400, rowHeightPx: 20, allBelow: 300 };

it("a short list is shown whole", () => {
  expect(visibleRange({ ...base, count: 300 })).toEqual({
    first: 0,
    end: 300,
    spaceBeforePx: 0,
    spaceAfterPx: 0,
  });
});

it.each([0, 1, 399, 4_000, 199_600])(
  "scrolled to %i px, the view is covered and the height is whole",
  (scrollTopPx) => {
    const range = visibleRange({ ...base, scrollTopPx });
    expect(range.first * 20).toBeLessThanOrEqual(scrollTopPx);
    expect(range.end * 20).toBeGreaterThanOrEqual(scrollTopPx + 400);
    expect(range.end - range.first).toBeLessThanOrEqual(46);
    expect(range.spaceBeforePx + (range.end - range.first) * 20 + range.spaceAfterPx).toBe(200_000);
  },
);

it("scrolled beyond a list that became shorter, its last rows are shown", () => {
  const range = visibleRange({ ...base, count: 500, scrollTopPx: 199_600 });
  expect(range.end).toBe(500);
  expect(range.spaceAfterPx).toBe(0);
});
