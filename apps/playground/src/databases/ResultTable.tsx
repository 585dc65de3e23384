import type { DatabaseRows, DatabaseValue } from "@lunatic-web/runtime";
import { useScrollBox } from "../view/useScrollBox.ts";
import { visibleRange } from "../view/visibleRange.ts";

/** As in databases.css. */
const ROW_HEIGHT_PX = 26;
const ALL_ROWS_BELOW = 200;

/** What a query has found; of many rows only those in sight are in the document. */
export function ResultTable({ columns, rows, hasMore }: DatabaseRows) {
  const { ref, scrollTopPx, viewHeightPx } = useScrollBox<HTMLElement>();
  const range = visibleRange({
    count: rows.length,
    scrollTopPx: scrollTopPx.value,
    viewHeightPx: viewHeightPx.value,
    rowHeightPx: ROW_HEIGHT_PX,
    allBelow: ALL_ROWS_BELOW,
  });
  const count = `${rows.length} ${rows.length === 1 ? "row" : "rows"}`;
  return (
    <>
      <p class="description" role="status" data-testid="database-count">
        {hasMore ? `the first ${count}; there are more` : count}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled box has to be reachable by keys */}
      <section class="database-result" ref={ref} tabIndex={0} aria-label="Result">
        <table aria-rowcount={rows.length + 1} data-testid="database-result">
          <thead>
            <tr aria-rowindex={1}>
              {columns.map((column, index) => (
                <th scope="col" key={`${index} ${column}`}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {range.spaceBeforePx > 0 && <tr style={{ height: `${range.spaceBeforePx}px` }} />}
            {rows.slice(range.first, range.end).map((row, offset) => (
              <tr key={range.first + offset} aria-rowindex={range.first + offset + 2}>
                {row.map((value, index) => (
                  <td key={columns[index]} class={typeof value} title={textOf(value)}>
                    {textOf(value)}
                  </td>
                ))}
              </tr>
            ))}
            {range.spaceAfterPx > 0 && <tr style={{ height: `${range.spaceAfterPx}px` }} />}
          </tbody>
        </table>
      </section>
    </>
  );
}

function textOf(value: DatabaseValue): string {
  if (value === null) return "NULL";
  return value instanceof Uint8Array ? `blob, ${value.length} bytes` : String(value);
}
