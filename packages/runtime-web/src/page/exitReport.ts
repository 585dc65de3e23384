import { type ExitCause, exitReason } from "../kernel/exit.ts";
import type { ExitReport } from "./types.ts";

/** An end as links see it, with its cause, and the files of the run if they were wanted. */
export function exitReport(cause: ExitCause, files?: ExitReport["files"]): ExitReport {
  const reason = exitReason(cause) === "normal" ? "normal" : "failure";
  return { reason, cause, ...(files === undefined ? {} : { files }) };
}
