import { type ExitCause, exitReason } from "../kernel/exit.ts";
import type { InitialFile } from "../protocol/hubExecutor.ts";
import type { ExitReport } from "./types.ts";

/** An end as links see it, with its cause, and the files of the run if they were wanted. */
export function exitReport(cause: ExitCause, files?: readonly InitialFile[]): ExitReport {
  const reason = exitReason(cause) === "normal" ? "normal" : "failure";
  if (files === undefined) return { reason, cause };
  const fileTimes = new Map<string, number>();
  for (const { path, modifiedMs } of files) if (modifiedMs !== undefined) fileTimes.set(path, modifiedMs);
  return { reason, cause, files: new Map(files.map(({ path, content }) => [path, content])), fileTimes };
}
