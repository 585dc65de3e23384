/** Rows of a long list that are worth having in the document, and the space the others would take. */
export interface VisibleRange {
  readonly first: number;
  /** One past the last. */
  readonly end: number;
  readonly spaceBeforePx: number;
  readonly spaceAfterPx: number;
}

/** Rows kept beyond both edges of the view, so that a fast scroll does not show gaps. */
const OVERSCAN = 12;

/**
 * @param allBelow  lists up to this length are shown whole: find-in-page and screen readers reach every row
 * @param scrollTopPx, viewHeightPx, rowHeightPx  of the scrolled box; all rows are equally high
 */
export function visibleRange(options: {
  count: number;
  scrollTopPx: number;
  viewHeightPx: number;
  rowHeightPx: number;
  allBelow: number;
}): VisibleRange {
  const { count, scrollTopPx, viewHeightPx, rowHeightPx, allBelow } = options;
  if (count <= allBelow) return { first: 0, end: count, spaceBeforePx: 0, spaceAfterPx: 0 };
  // A list that became shorter may still be scrolled to where its end was.
  const top = Math.min(scrollTopPx, Math.max(0, count * rowHeightPx - viewHeightPx));
  const first = Math.max(0, Math.floor(top / rowHeightPx) - OVERSCAN);
  const end = Math.min(count, Math.ceil((top + viewHeightPx) / rowHeightPx) + OVERSCAN);
  return { first, end, spaceBeforePx: first * rowHeightPx, spaceAfterPx: (count - end) * rowHeightPx };
}
