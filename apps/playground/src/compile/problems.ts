import type { Diagnostic, SourceRange } from "@lunatic-web/sdk";
import type { TrapPlace } from "./trapPlaces.ts";

/** One line of the problems list. */
export interface Problem {
  readonly severity: "error" | "warning" | "info" | "trap";
  readonly message: string;
  /** Where to look, if it is in the project. */
  readonly at: { readonly file: string; readonly range: SourceRange } | undefined;
}

const ORDER: readonly Problem["severity"][] = ["trap", "error", "warning", "info"];

/** Worst first; within a severity in the compiler's order. */
export function listProblems(
  diagnostics: readonly Diagnostic[],
  traps: readonly TrapPlace[],
  files: ReadonlyMap<string, string>,
): Problem[] {
  const told = diagnostics.map(({ severity, message, place, code }): Problem => {
    const isOwn = place !== undefined && files.has(place.file);
    const where = place === undefined || isOwn ? "" : ` (in ${place.file})`;
    const at = isOwn ? { file: place.file, range: place.range } : undefined;
    return { severity, message: `${message}${where}${code === 0 ? "" : ` AS${code}`}`, at };
  });
  const trapped = traps.map(({ pid, message, place: { file, line, column } }): Problem => {
    const start = { line, column };
    return {
      severity: "trap",
      message: `Process ${pid}: ${message}`,
      at: { file, range: { start, end: start } },
    };
  });
  const all = [...trapped, ...told];
  return ORDER.flatMap((severity) => all.filter((one) => one.severity === severity));
}

/** Such as "2 errors, 1 warning"; what there is none of is not named. */
export function countProblems(problems: readonly Problem[]): string {
  const counts = ORDER.map((severity) => {
    const count = problems.filter((one) => one.severity === severity).length;
    const noun = severity === "info" ? "note" : severity;
    return count === 0 ? "" : `${count} ${noun}${count === 1 ? "" : "s"}`;
  });
  return counts.filter((text) => text !== "").join(", ");
}
