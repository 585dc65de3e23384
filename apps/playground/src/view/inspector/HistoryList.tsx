import { EventKind, type InspectionEvent } from "@lunatic-web/runtime/inspect";
import { useRef } from "preact/hooks";
import { useMessageTypes } from "../../compile/useMessageTypes.ts";
import { formatMoment } from "../time/formatMoment.ts";
import type { ViewContext } from "../viewContext.ts";
import { describeFor, processHistory } from "./processHistory.ts";

const SHOWN = 40;
/** A list that changes 60 times a second cannot be read. */
const PERIOD_MS = 300;

/** The latest events of a process, each a way to its moment. */
export function HistoryList({ session, timeLine, pid }: ViewContext & { readonly pid: number }) {
  const messages = useMessageTypes(session);
  const made = useRef<{
    readonly key: string;
    readonly madeMs: number;
    readonly list: ReturnType<typeof processHistory>;
  }>(undefined);
  const isLive = timeLine.moment.value === undefined;
  const key = `${pid} ${isLive ? "live" : timeLine.position}`;
  const nowMs = performance.now();
  if (made.current?.key !== key || (isLive && nowMs - made.current.madeMs > PERIOD_MS)) {
    made.current = {
      key,
      madeMs: nowMs,
      list: processHistory(session.history, timeLine.position, pid, SHOWN),
    };
  }
  const { list } = made.current;
  const { model } = timeLine;
  const handlerOf = (event: InspectionEvent) =>
    messages.value.handlerName(model.process(receiverOf(event))?.label ?? "", event.tag);
  if (list.length === 0) return null;
  return (
    <>
      <h4>History</h4>
      <ol class="history-list" data-testid="process-history">
        {list.map(({ position, event }) => (
          <li key={position}>
            <button
              type="button"
              class="link"
              title="Show this moment"
              onClick={() => timeLine.seek(event.timeMs)}
            >
              {formatMoment(event.timeMs)}
            </button>{" "}
            {describeFor(pid, event)} <code class="decoded">{handlerOf(event)}</code>
          </li>
        ))}
      </ol>
    </>
  );
}

/** Who gets the message that an event is about; 0: it is about none. */
function receiverOf({ kind, pid, other }: InspectionEvent): number {
  if (kind === EventKind.MessageSent) return other;
  return kind === EventKind.MessageTaken ? pid : 0;
}
