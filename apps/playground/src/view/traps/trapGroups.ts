import { type TrapReport as ParsedTrap, parseTrap } from "@lunatic-web/runtime/inspect";
import type { TrapReport } from "../../run/session.ts";

/** Traps with the same words at the same place. */
export interface TrapGroup {
  readonly trap: ParsedTrap;
  /** Of one of them: message and stack. */
  readonly text: string;
  /** Latest first. */
  readonly reports: readonly TrapReport[];
}

/** Traps that are one to a reader, in the order of the latest of each. */
export function groupTraps(traps: readonly TrapReport[]): TrapGroup[] {
  const groups = new Map<string, { trap: ParsedTrap; text: string; reports: TrapReport[] }>();
  for (const report of traps) {
    const group = groups.get(report.text);
    if (group) group.reports.push(report);
    else groups.set(report.text, { trap: parseTrap(report.text), text: report.text, reports: [report] });
  }
  return [...groups.values()];
}
