import { formatBytes } from "../view/format.ts";
import type { FileDesk, FileRow } from "./fileDesk.ts";

const MARK: Readonly<Record<FileRow["kind"], string>> = { file: "·", directory: "▸", symlink: "↪" };

/** The directories and files as a tree of lines, with the keys of a tree. */
export function FileTree({ desk }: { readonly desk: FileDesk }) {
  const rows = desk.rows.value;
  const chosen = desk.chosen.value?.path;
  const hasChosen = rows.some(({ path }) => path === chosen);

  const act = (row: FileRow) => {
    if (row.kind === "directory") void desk.toggle(row.path);
    void desk.choose(row.path);
  };
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    const row = rows[index]!;
    const next = nextRow(event.key, rows, index);
    if (next !== undefined) {
      void desk.choose(rows[next]!.path);
      const list = (event.currentTarget as HTMLElement).parentElement;
      (list?.children[next] as HTMLElement | undefined)?.focus();
    } else if (event.key === "Enter" || event.key === " ") act(row);
    else if (event.key === "ArrowRight" && row.kind === "directory" && !row.isOpen)
      void desk.toggle(row.path);
    else if (event.key === "ArrowLeft" && row.isOpen) void desk.toggle(row.path);
    else return;
    event.preventDefault();
  };
  return (
    <div class="file-tree" role="tree" aria-label="Files" data-testid="file-tree">
      {rows.map((row, index) => (
        <div
          key={row.path}
          role="treeitem"
          class="file-row"
          tabIndex={row.path === chosen || (!hasChosen && index === 0) ? 0 : -1}
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
      ))}
    </div>
  );
}

/** @returns the line that a key leads to, or undefined: it leads to none */
function nextRow(key: string, rows: readonly FileRow[], index: number): number | undefined {
  const last = rows.length - 1;
  switch (key) {
    case "ArrowDown":
      return Math.min(index + 1, last);
    case "ArrowUp":
      return Math.max(index - 1, 0);
    case "Home":
      return 0;
    case "End":
      return last;
    default:
      return undefined;
  }
}
