import { useEffect, useRef } from "preact/hooks";
import { processMatcher } from "../processMatcher.ts";
import { nameProcess } from "../processText.ts";
import { TreeStructure } from "../tree/structure.ts";
import { useScrollBox } from "../useScrollBox.ts";
import type { ViewContext } from "../viewContext.ts";
import { visibleRange } from "../visibleRange.ts";
import { type OutlineRow, outlineRows, outlineText } from "./outlineRows.ts";

/** As in outline.css. */
const ROW_HEIGHT_PX = 28;
/** Up to here every line is in the document. */
const ALL_ROWS_BELOW = 400;
/** How often lines come and go at most: somebody reads them. */
const UPDATE_MS = 300;

/** The tree as text: the same processes, folds and choice as in the picture, for those who read it or hear it read. */
export function ProcessOutline({ session, timeLine, focus, filter, showEnded }: ViewContext) {
  session.frames.frame.value;
  const held = useRef<TreeStructure>(undefined);
  held.current ??= new TreeStructure();
  const structure = held.current;
  const updatedMs = useRef(Number.NEGATIVE_INFINITY);
  const shownModel = useRef(timeLine.model);
  const { ref, scrollTopPx, viewHeightPx } = useScrollBox<HTMLDivElement>();
  const { model, shownMs } = timeLine;

  const query = { showEnded: showEnded.value, shownMs };
  const restMs = updatedMs.current + UPDATE_MS - performance.now();
  const isStale = !structure.isCurrent(model, query);
  if (isStale && (restMs <= 0 || model !== shownModel.current)) update();
  useEffect(() => {
    if (!isStale || restMs <= 0) return;
    const timer = setTimeout(session.frames.request, restMs);
    return () => clearTimeout(timer);
  });

  function update(): void {
    structure.update(model, query);
    shownModel.current = model;
    updatedMs.current = performance.now();
  }

  const rows = outlineRows(structure.nodes, structure.roots, processMatcher(filter.value));
  const chosen = focus.value === undefined ? undefined : structure.standsFor.get(focus.value);
  const index = chosen === undefined ? -1 : rows.findIndex(({ node }) => node === chosen);
  const range = visibleRange({
    count: rows.length,
    scrollTopPx: scrollTopPx.value,
    viewHeightPx: viewHeightPx.value,
    rowHeightPx: ROW_HEIGHT_PX,
    allBelow: ALL_ROWS_BELOW,
  });

  const moveTo = (wanted: number) => {
    const to = Math.min(Math.max(wanted, 0), rows.length - 1);
    const row = rows[to];
    if (!row) return;
    focus.value = row.pid;
    const box = ref.current!;
    const top = to * ROW_HEIGHT_PX;
    box.scrollTop = Math.min(Math.max(box.scrollTop, top + ROW_HEIGHT_PX - box.clientHeight), top);
  };
  const toggle = (row: OutlineRow) => {
    structure.toggle(row.node);
    update();
    session.frames.request();
  };

  /** Keys as the ARIA practices have them for a tree. */
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[index];
    const page = Math.max(1, Math.floor(viewHeightPx.value / ROW_HEIGHT_PX) - 1);
    if (event.key === "ArrowDown") moveTo(index + 1);
    else if (event.key === "ArrowUp") moveTo(index - 1);
    else if (event.key === "PageDown") moveTo(index + page);
    else if (event.key === "PageUp") moveTo(index - page);
    else if (event.key === "Home") moveTo(0);
    else if (event.key === "End") moveTo(rows.length - 1);
    else if (event.key === "ArrowRight" && row)
      row.isOpen === false ? toggle(row) : row.isOpen && moveTo(index + 1);
    else if (event.key === "ArrowLeft" && row) {
      if (row.isOpen) toggle(row);
      else moveTo(rows.findIndex(({ node }) => node === row.node.parent));
    } else if ((event.key === "Enter" || event.key === " ") && row) toggle(row);
    else if (event.key === "Escape") focus.value = undefined;
    else if (event.key === "Delete" && row && !row.node.crowd && timeLine.moment.value === undefined) {
      void session.kill(row.pid);
    } else return;
    event.preventDefault();
  };

  const isChosenShown = index >= range.first && index < range.end;
  return (
    <div class="outline" ref={ref} data-testid="outline">
      {rows.length === 0 ? (
        <p class="empty-hint">
          {model.processes.size === 0
            ? "Run a program to read its processes here."
            : "No process is shown: all have ended, or none matches."}
        </p>
      ) : (
        <div
          role="tree"
          aria-label="Processes as a tree of text"
          tabIndex={0}
          aria-activedescendant={isChosenShown ? rowId(rows[index]!) : undefined}
          onKeyDown={onKeyDown}
        >
          <div style={{ height: `${range.spaceBeforePx}px` }} />
          {rows.slice(range.first, range.end).map((row) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus, and names the chosen item
            // biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the keys
            <div
              key={row.node.key}
              id={rowId(row)}
              role="treeitem"
              class="outline-row"
              aria-level={row.node.depth + 1}
              aria-posinset={row.place}
              aria-setsize={row.siblings}
              aria-expanded={row.isOpen}
              aria-selected={row.node === chosen}
              style={{ paddingInlineStart: `${14 + Math.min(row.node.depth, 12) * 16}px` }}
              onClick={() => {
                focus.value = row.pid;
              }}
              onDblClick={() => toggle(row)}
            >
              <span class="fold" aria-hidden="true">
                {row.isOpen === undefined ? "" : row.isOpen ? "▾" : "▸"}
              </span>
              <b>{row.node.crowd ? row.node.crowd.label : nameProcess(row.node.process)}</b>{" "}
              <span class="outline-text">{outlineText(row, model)}</span>
            </div>
          ))}
          <div style={{ height: `${range.spaceAfterPx}px` }} />
        </div>
      )}
    </div>
  );
}

function rowId({ pid }: OutlineRow): string {
  return `outline-${pid}`;
}
