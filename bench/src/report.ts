import type { Row } from "./question.ts";

/** The rows as one aligned table. */
export function tableText(rows: readonly Row[]): string {
  const cells = rows.map(({ what, value, detail, target }) => [
    what,
    value,
    detail,
    target === undefined ? "" : `${target.met ? "met" : "MISSED"}: ${target.text}`,
  ]);
  const all = [["what", "median", "spread and source", "target"], ...cells];
  const widths = [0, 1, 2].map((column) => Math.max(...all.map((line) => line[column]?.length ?? 0)));
  return all
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
