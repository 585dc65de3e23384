import { parseAnsi } from "./ansi.ts";
import type { ConsoleLine } from "./consoleBuffer.ts";

/** Which lines are shown. */
export interface ConsoleFilter {
  /** undefined: of all processes. */
  readonly pid: number | undefined;
  /** Part of a line, in whichever case; empty: any. */
  readonly text: string;
  /** Only what was written to stderr, and notices. */
  readonly errorsOnly: boolean;
}

export const NO_FILTER: ConsoleFilter = { pid: undefined, text: "", errorsOnly: false };

/** @returns the same list where all of it is shown */
export function filterLines(lines: readonly ConsoleLine[], filter: ConsoleFilter): readonly ConsoleLine[] {
  const { pid, errorsOnly } = filter;
  const wanted = filter.text.toLowerCase();
  if (pid === undefined && wanted === "" && !errorsOnly) return lines;
  return lines.filter(
    (line) =>
      (pid === undefined || line.pid === pid) &&
      (!errorsOnly || line.kind !== "stdout") &&
      (wanted === "" || plainText(line).toLowerCase().includes(wanted)),
  );
}

/** A line as it is read: without escape sequences. */
export function plainText({ text }: Pick<ConsoleLine, "text">): string {
  return parseAnsi(text)
    .spans.map((span) => span.text)
    .join("");
}
