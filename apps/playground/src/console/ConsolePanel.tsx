import { type Signal, useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Panel } from "../app/Panel.tsx";
import type { Session } from "../run/session.ts";
import { formatCount } from "../view/format.ts";
import { nameProcess } from "../view/processText.ts";
import { useScrollBox } from "../view/useScrollBox.ts";
import { visibleRange } from "../view/visibleRange.ts";
import { ConsoleLineView } from "./ConsoleLineView.tsx";
import type { ConsoleLine } from "./consoleBuffer.ts";

export interface ConsolePanelProps {
  readonly session: Session;
  readonly focus: Signal<number | undefined>;
}

/** As in console.css. */
const LINE_HEIGHT_PX = 20;
/** Up to here every line is in the document: find-in-page and selecting all reach them. */
const ALL_LINES_BELOW = 500;
/** Writers offered in the filter, the ones with the latest lines. */
const WRITERS_OFFERED = 200;

export function ConsolePanel({ session, focus }: ConsolePanelProps) {
  session.frames.frame.value;
  const { ref, scrollTopPx, viewHeightPx } = useScrollBox<HTMLDivElement>();
  const onlyPid = useSignal<number | undefined>(undefined);
  /** Whether the view stays at the end; scrolling up lets go of it. */
  const isFollowing = useSignal(true);
  /** For what the view was last put to the end. */
  const followed = useRef("");
  const lastScrollTop = useRef(0);
  const { output, model } = session;
  const shownOutput = useRef(output);
  if (shownOutput.current !== output) {
    // Another run: its pids are other processes.
    shownOutput.current = output;
    onlyPid.value = undefined;
    isFollowing.value = true;
  }
  const lines =
    onlyPid.value === undefined ? output.lines : output.lines.filter((line) => line.pid === onlyPid.value);
  const range = visibleRange({
    count: lines.length,
    scrollTopPx: isFollowing.value ? lines.length * LINE_HEIGHT_PX : scrollTopPx.value,
    viewHeightPx: viewHeightPx.value,
    rowHeightPx: LINE_HEIGHT_PX,
    allBelow: ALL_LINES_BELOW,
  });

  const end = `${lines.at(-1)?.id} ${viewHeightPx.value}`;
  useLayoutEffect(() => {
    if (!isFollowing.value || end === followed.current) return;
    followed.current = end;
    ref.current!.scrollTop = ref.current!.scrollHeight;
  });

  const onScroll = () => {
    const box = ref.current!;
    const isAtEnd = box.scrollHeight - box.scrollTop - box.clientHeight < LINE_HEIGHT_PX;
    // Not being at the end is no sign of a person: lines may have come, or the box shrunk, since the last scroll.
    if (isAtEnd) isFollowing.value = true;
    else if (box.scrollTop < lastScrollTop.current) isFollowing.value = false;
    lastScrollTop.current = box.scrollTop;
  };

  const writerOf = (pid: number) => {
    const process = pid === 0 ? undefined : model.process(pid);
    return process ? nameProcess(process) : pid === 0 ? "" : String(pid);
  };

  return (
    <Panel
      title="Console"
      area="console-panel"
      facts={
        <>
          {output.lines.length > 0 && <span>{formatCount(output.lines.length)} lines</span>}
          {output.droppedLines > 0 && <span>{formatCount(output.droppedLines)} older ones not kept</span>}
        </>
      }
      actions={
        <>
          <select
            class="filter"
            aria-label="Show the output of"
            data-testid="console-filter"
            value={onlyPid.value === undefined ? "" : String(onlyPid.value)}
            onChange={(event) => {
              const { value } = event.currentTarget;
              onlyPid.value = value === "" ? undefined : Number(value);
            }}
          >
            <option value="">all processes</option>
            {latestWriters(output.lines, onlyPid.value).map((pid) => (
              <option key={pid} value={String(pid)}>
                {writerOf(pid) || "the run"}
              </option>
            ))}
          </select>
          <button type="button" data-testid="console-clear" onClick={session.clearOutput}>
            Clear
          </button>
        </>
      }
    >
      <div
        class="console"
        role="log"
        aria-label="Console"
        // Announcing each line of a flood would lock a screen reader up; it can read the region when it wants to.
        aria-live="off"
        data-testid="console"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard (WCAG 2.1.1)
        tabIndex={0}
        ref={ref}
        onScroll={onScroll}
      >
        <div class="console-lines">
          <div style={{ height: `${range.spaceBeforePx}px` }} />
          {lines.slice(range.first, range.end).map((line) => (
            <ConsoleLineView
              key={line.id}
              line={line}
              writer={writerOf(line.pid)}
              onFocus={(pid) => {
                focus.value = pid;
              }}
            />
          ))}
          <div style={{ height: `${range.spaceAfterPx}px` }} />
          {lines.length === 0 && <p class="empty-hint">What processes write comes here.</p>}
        </div>
      </div>
      {!isFollowing.value && (
        <button
          type="button"
          class="to-end"
          onClick={() => {
            isFollowing.value = true;
            followed.current = "";
          }}
        >
          ↓ Follow
        </button>
      )}
    </Panel>
  );
}

/** @param chosen is offered in any case: a filter must be able to show what it is set to */
function latestWriters(lines: readonly ConsoleLine[], chosen: number | undefined): number[] {
  const pids = new Set<number>(chosen === undefined ? [] : [chosen]);
  for (let i = lines.length - 1; i >= 0 && pids.size < WRITERS_OFFERED; i--) pids.add(lines[i]!.pid);
  return [...pids].sort((a, b) => a - b);
}
