import { formatBytes, formatCompact, formatCount } from "../format.ts";
import type { ViewContext } from "../viewContext.ts";

/** Totals of the shown moment. */
export function SystemFacts({ session, timeLine }: ViewContext) {
  session.frames.frame.value;
  const { alive, ended, messagesReceived, memoryBytes, dropped } = timeLine.model.counters;
  return (
    <>
      <span data-testid="alive">{formatCount(alive)} alive</span>
      <span>{formatCount(ended)} ended</span>
      {timeLine.model.forgotten > 0 && (
        <span class="loss" title="Only the latest ended processes are kept. Totals are right.">
          {formatCompact(timeLine.model.forgotten)} of them not kept
        </span>
      )}
      <span data-testid="message-count">{formatCompact(messagesReceived)} messages</span>
      <span class="wide-only">{formatBytes(memoryBytes)}</span>
      {dropped > 0 && (
        <span
          class="loss"
          title="The system was faster than the page could follow. The figures are right; single events are missing."
        >
          {formatCompact(dropped)} events not seen
        </span>
      )}
    </>
  );
}
