import { type Signal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { useScrollBox } from "../useScrollBox.ts";
import type { ViewContext } from "../viewContext.ts";
import { visibleRange } from "../visibleRange.ts";
import { COLUMNS, type ColumnKey } from "./columns.ts";
import type { Sorting } from "./order.ts";
import { ProcessRow } from "./ProcessRow.tsx";
import { RateMeter } from "./rateMeter.ts";
import { RowOrder, type RowQuery } from "./rowOrder.ts";

/** As in table.css. */
const ROW_HEIGHT_PX = 28;
/** Up to here every row is in the document; the ended processes that are kept at least fit in. */
const ALL_ROWS_BELOW = 600;

/** Every process in a row: as a tree, or sorted by what a visitor wants to compare. */
export function ProcessTable({ session, timeLine, focus, filter, showEnded }: ViewContext) {
  session.frames.frame.value;
  const sorting = useSignal<Sorting>({ column: "tree", descending: false });
  const meter = useRef<RateMeter>(undefined);
  meter.current ??= new RateMeter();
  const order = useRef<RowOrder>(undefined);
  order.current ??= new RowOrder(meter.current);
  const { ref, scrollTopPx, viewHeightPx } = useScrollBox<HTMLDivElement>();
  const { model } = timeLine;
  meter.current.update(model, timeLine.shownMs);
  const query: RowQuery = { sorting: sorting.value, showEnded: showEnded.value, filter: filter.value };
  const { rows, staleForMs } = order.current.rows(model, query, performance.now());
  const range = visibleRange({
    count: rows.length,
    scrollTopPx: scrollTopPx.value,
    viewHeightPx: viewHeightPx.value,
    rowHeightPx: ROW_HEIGHT_PX,
    allBelow: ALL_ROWS_BELOW,
  });

  useEffect(() => {
    if (staleForMs === 0) return;
    const timer = setTimeout(session.frames.request, staleForMs);
    return () => clearTimeout(timer);
  });

  const select = (pid: number) => {
    focus.value = pid;
  };
  const kill = (pid: number) => void session.kill(pid);

  /** Moves the selection by rows and keeps it in view, also where its row is not in the document yet. */
  const moveTo = (index: number) => {
    const row = rows[Math.min(Math.max(index, 0), rows.length - 1)];
    if (!row) return;
    focus.value = row.pid;
    const box = ref.current!;
    const top = rows.indexOf(row) * ROW_HEIGHT_PX;
    // The header sticks to the top and covers one row's height.
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + 2 * ROW_HEIGHT_PX > box.scrollTop + box.clientHeight) {
      box.scrollTop = top + 2 * ROW_HEIGHT_PX - box.clientHeight;
    }
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const index = rows.findIndex(({ pid }) => pid === focus.value);
    const page = Math.max(1, Math.floor(viewHeightPx.value / ROW_HEIGHT_PX) - 2);
    if (event.key === "ArrowDown") moveTo(index + 1);
    else if (event.key === "ArrowUp") moveTo(index - 1);
    else if (event.key === "PageDown") moveTo(index + page);
    else if (event.key === "PageUp") moveTo(index - page);
    else if (event.key === "Home") moveTo(0);
    else if (event.key === "End") moveTo(rows.length - 1);
    else if (event.key === "Delete" && focus.value !== undefined) kill(focus.value);
    else if (event.key === "Escape") focus.value = undefined;
    else return;
    event.preventDefault();
  };

  const isFocusShown = rows.slice(range.first, range.end).some(({ pid }) => pid === focus.value);
  const canKill = session.phase.value === "running" && timeLine.moment.value === undefined;
  return (
    <div class="process-table" ref={ref}>
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the ARIA practices' treegrid is a table with this role
        role="treegrid"
        aria-label="Processes"
        aria-rowcount={rows.length + 1}
        aria-activedescendant={isFocusShown ? `process-${focus.value}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <HeaderRow sorting={sorting} />
        <tbody style={{ paddingBlock: `${range.spaceBeforePx}px ${range.spaceAfterPx}px` }}>
          {rows.slice(range.first, range.end).map(({ pid, depth }, offset) => {
            // An order that waits for its next turn may name processes that are forgotten by now.
            const process = model.process(pid);
            return (
              process && (
                <ProcessRow
                  key={pid}
                  process={process}
                  revision={process.revision}
                  depth={depth}
                  index={range.first + offset + 1}
                  isSelected={focus.value === pid}
                  canKill={canKill}
                  meter={meter.current!}
                  sampled={meter.current!.sampled(pid)}
                  onSelect={select}
                  onKill={kill}
                />
              )
            );
          })}
        </tbody>
      </table>
      {rows.length === 0 && <p class="empty-hint">{emptyHint(model.processes.size, filter.value)}</p>}
    </div>
  );
}

function emptyHint(processes: number, filter: string): string {
  if (processes === 0) return "Run a program to see its processes here.";
  return filter === "" ? "All processes have ended." : "No process matches the filter.";
}

function HeaderRow({ sorting }: { readonly sorting: Signal<Sorting> }) {
  const { column, descending } = sorting.value;
  /** First click: the largest figures first, names from a. Second: the other way. Third: by tree again. */
  const cycle = (key: ColumnKey) => {
    const first = key !== "process" && key !== "pid" && key !== "state" && key !== "parent";
    if (column !== key) sorting.value = { column: key, descending: first };
    else if (descending === first) sorting.value = { column: key, descending: !first };
    else sorting.value = { column: "tree", descending: false };
  };
  return (
    <thead>
      <tr class="header-row" aria-rowindex={1}>
        {COLUMNS.map(({ key, title, description, align }) => (
          <th
            scope="col"
            key={key}
            class={`cell ${key} ${align}`}
            aria-sort={column === key ? (descending ? "descending" : "ascending") : "none"}
          >
            <button type="button" title={`Sort by ${description}`} onClick={() => cycle(key)}>
              {title}
              {column === key && <span aria-hidden="true">{descending ? " ↓" : " ↑"}</span>}
            </button>
          </th>
        ))}
        <th scope="col" class="cell kill-cell">
          <span class="visually-hidden">Kill</span>
        </th>
      </tr>
    </thead>
  );
}
