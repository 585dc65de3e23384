import { formatBytes } from "../view/format.ts";
import { useScrollBox } from "../view/useScrollBox.ts";
import { visibleRange } from "../view/visibleRange.ts";
import type { FileDesk, FileRow } from "./fileDesk.ts";

const MARK: Readonly<Record<FileRow["kind"], string>> = { file: "·", directory: "▸", symlink: "↪" };

/** As in files.css. */
const ROW_HEIGHT_PX = 26;
const ALL_ROWS_BELOW = 500;

/** A line that was out of sight is in the document when the scrolled list has been drawn. */
const FRAMES_TO_FOCUS = 20;

/** The directories and files as a tree of lines, with the keys of a tree. */
export function FileTree({ desk }: { readonly desk: FileDesk }) {
  const rows = desk.rows.value;
  const chosen = desk.chosen.value?.path;
  const chosenIndex = rows.findIndex(({ path }) => path === chosen);
  const { ref, scrollTopPx, viewHeightPx } = useScrollBox<HTMLDivElement>();
  const range = visibleRange({
    count: rows.length,
    scrollTopPx: scrollTopPx.value,
    viewHeightPx: viewHeightPx.value,
    rowHeightPx: ROW_HEIGHT_PX,
    allBelow: ALL_ROWS_BELOW,
  });

  /** It may be out of sight, and not be in the document. */
  const goTo = async (index: number) => {
    const { path } = rows[index]!;
    await desk.choose(path);
    const box = ref.current!;
    const top = index * ROW_HEIGHT_PX;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + ROW_HEIGHT_PX > box.scrollTop + box.clientHeight)
      box.scrollTop = top + ROW_HEIGHT_PX - box.clientHeight;
    focusSoon(box, path, FRAMES_TO_FOCUS);
  };
  const act = (row: FileRow) => {
    if (row.kind === "directory") void desk.toggle(row.path);
    void desk.choose(row.path);
  };
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    const row = rows[index]!;
    const next = nextRow(event.key, rows, index);
    if (next !== undefined) void goTo(next);
    else if (event.key === "Enter" || event.key === " ") act(row);
    else if (event.key === "ArrowRight" && row.kind === "directory" && !row.isOpen)
      void desk.toggle(row.path);
    else if (event.key === "ArrowLeft" && row.isOpen) void desk.toggle(row.path);
    else return;
    event.preventDefault();
  };
  return (
    <div class="file-tree" role="tree" aria-label="Files" ref={ref} data-testid="file-tree">
      {range.spaceBeforePx > 0 && <div role="none" style={{ height: `${range.spaceBeforePx}px` }} />}
      {rows.slice(range.first, range.end).map((row, offset) => {
        const index = range.first + offset;
        return (
          <div
            key={row.path}
            role="treeitem"
            class="file-row"
            tabIndex={index === Math.max(0, chosenIndex) ? 0 : -1}
            aria-level={row.level}
            aria-selected={row.path === chosen}
            aria-expanded={row.kind === "directory" ? row.isOpen : undefined}
            data-path={row.path}
            style={{ paddingLeft: `${row.level * 14}px` }}
            onClick={() => act(row)}
            onKeyDown={(event) => onKeyDown(event, index)}
          >
            <span class="file-mark" aria-hidden="true">
              {row.isOpen ? "▾" : MARK[row.kind]}
            </span>
            <span class="file-name">{row.name}</span>
            {row.kind === "file" && <span class="description">{formatBytes(row.sizeBytes)}</span>}
          </div>
        );
      })}
      {range.spaceAfterPx > 0 && <div role="none" style={{ height: `${range.spaceAfterPx}px` }} />}
    </div>
  );
}

function focusSoon(box: HTMLElement, path: string, frames: number): void {
  requestAnimationFrame(() => {
    const rows = [...box.querySelectorAll<HTMLElement>(".file-row")];
    const row = rows.find(({ dataset }) => dataset.path === path);
    if (row !== undefined) row.focus({ preventScroll: true });
    else if (frames > 0) focusSoon(box, path, frames - 1);
  });
}

/** @returns the line that a key leads to, or undefined: it leads to none */
function nextRow(key: string, rows: readonly FileRow[], index: number): number | undefined {
  const last = rows.length - 1;
  switch (key) {
    case "ArrowDown":
      return Math.min(index + 1, last);
    case "ArrowUp":
      return Math.max(index - 1, 0);
    // Into an open directory, and out of it: the line of the directory above.
    case "ArrowRight":
      return rows[index]!.isOpen && rows[index + 1]?.level === rows[index]!.level + 1 ? index + 1 : undefined;
    case "ArrowLeft": {
      if (rows[index]!.isOpen || rows[index]!.level === 1) return undefined;
      return rows.findLastIndex(({ level }, at) => at < index && level < rows[index]!.level);
    }
    case "PageDown":
      return Math.min(index + 10, last);
    case "PageUp":
      return Math.max(index - 10, 0);
    case "Home":
      return 0;
    case "End":
      return last;
    default:
      return undefined;
  }
}
