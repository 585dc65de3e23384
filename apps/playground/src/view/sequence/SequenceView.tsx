import {
  EventKind,
  type InspectionEvent,
  type SystemCounters,
  type SystemModel,
} from "@lunatic-web/runtime/inspect";
import { useSignal, useSignalEffect } from "@preact/signals";
import { useRef } from "preact/hooks";
import { useMessageTypes } from "../../compile/useMessageTypes.ts";
import { useCanvas } from "../canvas/useCanvas.ts";
import { formatCount } from "../format.ts";
import { processMatcher } from "../processMatcher.ts";
import { nameProcess } from "../processText.ts";
import { formatMoment } from "../time/formatMoment.ts";
import type { ViewContext } from "../viewContext.ts";
import {
  columnWidth,
  drawSequence,
  GUTTER_PX,
  gapText,
  HEADER_PX,
  MAX_ROW_PX,
  messageText,
} from "./drawSequence.ts";
import { SequenceIndex } from "./sequenceIndex.ts";

/** Where the visitor looks. */
interface Window {
  top: number;
  rowPx: number;
  leftPx: number;
  /** Stays at the shown moment while time goes on. */
  isFollowing: boolean;
}

/** Messages, spawns and ends in order of time: a lifeline for each process, an arrow for each message. */
export function SequenceView({ session, timeLine, focus, filter }: ViewContext) {
  const messages = useMessageTypes(session);
  const kindOf = ({ other, tag }: InspectionEvent) =>
    messages.value.handlerName(session.model.process(other)?.label ?? "", tag);
  const onlyFocus = useSignal(false);
  const selected = useSignal<number | undefined>(undefined);
  const rows = useSignal(0);
  const view = useRef<Window>({ top: 0, rowPx: MAX_ROW_PX, leftPx: 0, isFollowing: true });
  const held = useRef<{ readonly key: string; readonly history: unknown; readonly index: SequenceIndex }>(
    undefined,
  );

  const indexNow = (): SequenceIndex => {
    const { history } = session;
    const chosen = onlyFocus.value ? focus.value : undefined;
    const key = `${filter.value}|${chosen}`;
    if (held.current?.key !== key || held.current.history !== history) {
      const matches = processMatcher(filter.value);
      const isWanted = (pid: number) => {
        if (chosen !== undefined) return pid === chosen;
        const process = matches && session.model.process(pid);
        return matches === undefined || (process !== undefined && matches(process));
      };
      held.current = { key, history, index: new SequenceIndex(history, isWanted) };
      selected.value = undefined;
    } else held.current.index.update();
    return held.current.index;
  };

  const canvas = useCanvas((surface) => {
    const index = indexNow();
    const window = view.current;
    const room = (surface.height - HEADER_PX) / window.rowPx;
    const shown = index.rowAt(timeLine.position);
    if (window.isFollowing) window.top = shown - room + 1;
    window.top = Math.max(0, Math.min(window.top, index.count - room + 1));
    const width = columnWidth(index.pids.length, surface.width) * index.pids.length + GUTTER_PX + 16;
    window.leftPx = Math.max(0, Math.min(window.leftPx, width - surface.width));
    rows.value = index.count;
    const row = selected.value === undefined ? undefined : index.rowAt(selected.value);
    drawSequence(surface, {
      index,
      history: session.history,
      model: timeLine.model,
      ...window,
      position: timeLine.position,
      focus: focus.value,
      selectedRow: row,
      kindOf,
    });
    return false;
  });

  useSignalEffect(() => {
    session.frames.frame.value;
    focus.value;
    filter.value;
    onlyFocus.value;
    selected.value;
    messages.value;
    if (timeLine.moment.value === undefined || timeLine.isPlaying.value) view.current.isFollowing = true;
    canvas.request();
  });

  const zoomBy = (factor: number, atPx = (canvas.ref.current?.clientHeight ?? 0) / 2) => {
    const window = view.current;
    const least = Math.min(
      MAX_ROW_PX,
      Math.max(0.002, (canvas.ref.current!.clientHeight - HEADER_PX) / (rows.value + 1)),
    );
    const before = window.top + (atPx - HEADER_PX) / window.rowPx;
    window.rowPx = Math.min(MAX_ROW_PX, Math.max(least, window.rowPx * factor));
    window.top = before - (atPx - HEADER_PX) / window.rowPx;
    canvas.request();
  };
  const scrollBy = (rowsBy: number) => {
    view.current.isFollowing = false;
    view.current.top += rowsBy;
    canvas.request();
  };
  const select = (row: number) => {
    const index = indexNow();
    if (index.count === 0) return;
    const within = Math.min(Math.max(row, 0), index.count - 1);
    selected.value = index.position(within);
    const window = view.current;
    const room = (canvas.ref.current!.clientHeight - HEADER_PX) / window.rowPx;
    window.isFollowing = false;
    if (within < window.top) window.top = within;
    else if (within > window.top + room - 1) window.top = within - room + 1;
  };

  const onWheel = (event: WheelEvent) => {
    event.preventDefault();
    const box = canvas.ref.current!.getBoundingClientRect();
    if (event.ctrlKey || event.metaKey) zoomBy(Math.exp(-event.deltaY / 200), event.clientY - box.top);
    else {
      view.current.leftPx += event.shiftKey ? event.deltaY : event.deltaX;
      scrollBy(event.shiftKey ? 0 : event.deltaY / view.current.rowPx);
    }
  };
  const selectedRow = () =>
    selected.value === undefined ? indexNow().count : indexNow().rowAt(selected.value);
  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(
      1,
      Math.floor((canvas.ref.current!.clientHeight - HEADER_PX) / view.current.rowPx) - 1,
    );
    const steps: Readonly<Record<string, number>> = {
      ArrowUp: -1,
      ArrowDown: 1,
      PageUp: -page,
      PageDown: page,
    };
    const step = steps[event.key];
    if (step !== undefined) select(selectedRow() + step);
    else if (event.key === "Home") select(0);
    else if (event.key === "End") select(indexNow().count - 1);
    else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      view.current.leftPx += event.key === "ArrowLeft" ? -80 : 80;
    } else if (event.key === "+" || event.key === "=") zoomBy(1.4);
    else if (event.key === "-") zoomBy(1 / 1.4);
    else if (event.key === "Enter" && selected.value !== undefined) showMoment(selected.value);
    else if (event.key === "Escape") selected.value = undefined;
    else return;
    event.preventDefault();
    canvas.request();
  };
  const showMoment = (position: number) => timeLine.seek(session.history.event(position).timeMs);

  const onClick = (event: MouseEvent) => {
    const box = canvas.ref.current!.getBoundingClientRect();
    const window = view.current;
    const index = indexNow();
    if (event.clientY - box.top < HEADER_PX) {
      const step = columnWidth(index.pids.length, box.width);
      const column = Math.floor((event.clientX - box.left - GUTTER_PX + window.leftPx) / step);
      focus.value = index.pids[column] ?? focus.value;
      return;
    }
    select(Math.floor(window.top + (event.clientY - box.top - HEADER_PX) / window.rowPx));
  };

  const describe = (row: InspectionEvent) =>
    row.kind === EventKind.MoreMessages
      ? `${formatMoment(row.timeMs)}: ${gapText(indexNow().leftOut(selected.value!))}, too many to be shown one by one`
      : describeEvent(row, timeLine.model, kindOf(row));
  const isKept = selected.value !== undefined && selected.value >= session.history.first;
  const event = isKept ? session.history.event(selected.value!) : undefined;
  return (
    <div class="sequence" data-testid="sequence" data-rows={rows.value}>
      {/* biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: it handles its keys itself, as this role says */}
      <canvas
        ref={canvas.ref}
        tabIndex={0}
        role="application"
        aria-roledescription="sequence of messages"
        aria-label="Messages in order of time. Up and down go from one to the next, Enter shows the moment, plus and minus zoom."
        aria-describedby="sequence-description"
        onWheel={onWheel}
        onKeyDown={onKeyDown}
        onClick={onClick}
      />
      {rows.value === 0 && (
        <p class="empty-hint stage-hint">{emptyHint(session.history.end, filter.value)}</p>
      )}
      <div class="sequence-bar">
        <output id="sequence-description" class="sequence-row">
          {event ? describe(event) : describeRows(rows.value, session.model.counters)}
        </output>
        {event && (
          <button type="button" onClick={() => showMoment(selected.value!)}>
            Show this moment
          </button>
        )}
        <label class="check">
          <input
            type="checkbox"
            checked={onlyFocus.value}
            disabled={focus.value === undefined && !onlyFocus.value}
            onChange={(change) => {
              onlyFocus.value = change.currentTarget.checked;
            }}
          />
          chosen process only
        </label>
        <button
          type="button"
          class="icon"
          aria-label="Zoom out"
          title="Zoom out (−)"
          onClick={() => zoomBy(1 / 1.8)}
        >
          −
        </button>
        <button
          type="button"
          class="icon"
          aria-label="Zoom in"
          title="Zoom in (+)"
          onClick={() => zoomBy(1.8)}
        >
          +
        </button>
        <button type="button" data-testid="sequence-whole" title="The whole run" onClick={() => zoomBy(1e-9)}>
          All
        </button>
      </div>
    </div>
  );
}

function emptyHint(events: number, filter: string): string {
  if (events === 0) return "Run a program to see its messages here.";
  return filter === "" ? "No messages yet." : "No message of a process that matches the filter.";
}

/** How many rows there are, and which part of the messages they show. */
function describeRows(rows: number, { messagesSent, messagesLeftOut }: SystemCounters): string {
  const count = `${formatCount(rows)} rows`;
  if (messagesLeftOut === 0) return count;
  // While a crowd floods, figures of single processes come later than those of what was left out.
  const shown = messagesSent > messagesLeftOut ? messagesSent - messagesLeftOut : Math.max(1, rows);
  const every = Math.max(2, Math.round((shown + messagesLeftOut) / shown));
  return `${count}, showing 1 in ${formatCount(every)} messages`;
}

/** A row in a sentence. */
function describeEvent(event: InspectionEvent, model: SystemModel, kind: string | undefined): string {
  const name = (pid: number) => {
    const process = model.process(pid);
    return process ? nameProcess(process) : String(pid);
  };
  const at = formatMoment(event.timeMs);
  switch (event.kind) {
    case EventKind.Spawn:
      return event.other === 0
        ? `${at}: ${name(event.pid)} starts`
        : `${at}: ${name(event.other)} spawns ${name(event.pid)}`;
    case EventKind.Exit:
      return `${at}: ${name(event.pid)} ends: ${(event.text ?? "").split("\n", 1)[0]}`;
    case EventKind.Trap:
      return `${at}: ${name(event.pid)} traps: ${(event.text ?? "").split("\n", 1)[0]}`;
    default:
      return `${at}: ${name(event.pid)} → ${name(event.other)}, ${messageText(event, kind)}`;
  }
}
