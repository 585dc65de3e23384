import { ExitCode } from "@lunatic-web/runtime";
import { EventKind, type InspectionEvent } from "@lunatic-web/runtime/inspect";
import type { ConsoleBuffer } from "../console/consoleBuffer.ts";

/** Ends that nobody asked for; a trap has a notice of its own, and normal ones would drown the output. */
const NOTICED_EXITS: ReadonlySet<number> = new Set([
  ExitCode.killed,
  ExitCode.linkDied,
  ExitCode.limit,
  ExitCode.executorLost,
  ExitCode.hostFault,
]);
/** Per batch: the end of one process may be that of 10,000 linked ones. */
const EXIT_NOTICES = 20;

/** Tells in the console what processes did not write themselves: denials, traps, ends that nobody asked for. */
export function noteEvents(output: ConsoleBuffer, events: readonly InspectionEvent[]): void {
  let exits = 0;
  for (const { kind, pid, value, text, timeMs } of events) {
    if (kind === EventKind.Notice) output.notice(pid, text ?? "", timeMs);
    else if (kind === EventKind.Trap) output.notice(pid, `trapped: ${firstLine(text)}`, timeMs);
    else if (kind === EventKind.Exit && NOTICED_EXITS.has(value) && ++exits <= EXIT_NOTICES) {
      output.notice(pid, `ended: ${firstLine(text)}`, timeMs);
    }
  }
  if (exits > EXIT_NOTICES) output.notice(0, `${exits - EXIT_NOTICES} more processes ended for such reasons`);
}

function firstLine(text: string | undefined): string {
  return (text ?? "").split("\n", 1)[0]!;
}
