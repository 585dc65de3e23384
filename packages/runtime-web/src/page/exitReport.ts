import { type ExitCause, exitReason } from "../kernel/exit.ts";
import type { ExitReport } from "./types.ts";

/** An end as links see it, with its cause. */
export function exitReport(cause: ExitCause): ExitReport {
  return { reason: exitReason(cause) === "normal" ? "normal" : "failure", cause };
}
