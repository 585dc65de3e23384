import { type Signal, useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Panel } from "../app/Panel.tsx";
import { useSourceLinks } from "../compile/useSourceLinks.ts";
import type { Workbench } from "../editor/workbench.ts";
import { formatCount } from "../view/format.ts";
import { nameProcess } from "../view/processText.ts";
import type { TimeLine } from "../view/time/timeLine.ts";
import { useScrollBox } from "../view/useScrollBox.ts";
import { visibleRange } from "../view/visibleRange.ts";
import { ConsoleActions } from "./ConsoleActions.tsx";
import { ConsoleLineView } from "./ConsoleLineView.tsx";
import { type ConsoleFilter, filterLines, NO_FILTER, plainText } from "./consoleFilter.ts";
import { InputLine } from "./InputLine.tsx";
import { selectedTextIn } from "./useCopy.ts";

export interface ConsolePanelProps {
  readonly workbench: Workbench;
  readonly timeLine: TimeLine;
  readonly focus: Signal<number | undefined>;
}

/** As in console.css. */
const LINE_HEIGHT_PX = 20;
/** Up to here every line is in the document: find-in-page and selecting all reach them. */
const ALL_LINES_BELOW = 500;

/** What the processes of the run write, and where a person types what they read. */
export function ConsolePanel({ workbench, timeLine, focus }: ConsolePanelProps) {
  const { session } = workbench;
  session.frames.frame.value;
  const { ref, scrollTopPx, viewHeightPx } = useScrollBox<HTMLDivElement>();
  const filter = useSignal<ConsoleFilter>(NO_FILTER);
  const followsFocus = useSignal(false);
  const links = useSourceLinks(workbench);
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
    filter.value = { ...filter.peek(), pid: undefined };
    isFollowing.value = true;
  }
  const pid = followsFocus.value ? focus.value : filter.value.pid;
  const lines = filterLines(output.lines, { ...filter.value, pid });
  const shownMs = timeLine.moment.value;
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
          {output.lines.length > 0 && (
            <span>
              {lines.length < output.lines.length && `${formatCount(lines.length)} of `}
              {formatCount(output.lines.length)} lines
            </span>
          )}
          {output.droppedLines > 0 && (
            <span data-testid="console-dropped">{formatCount(output.droppedLines)} lines dropped</span>
          )}
        </>
      }
      actions={
        <ConsoleActions
          {...{ session, filter, followsFocus, writerOf }}
          text={() => selectedTextIn(ref.current) ?? `${lines.map(plainText).join("\n")}\n`}
        />
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
              place={line.kind === "notice" ? links.places.get(line.pid) : undefined}
              onPlace={links.open}
              onMoment={timeLine.seek}
              isLater={shownMs !== undefined && line.timeMs > shownMs}
              onFocus={(pid) => {
                focus.value = pid;
              }}
            />
          ))}
          <div style={{ height: `${range.spaceAfterPx}px` }} />
          {lines.length === 0 && (
            <p class="empty-hint">
              {output.lines.length === 0 ? "What processes write comes here." : "No line fits the filter."}
            </p>
          )}
        </div>
      </div>
      <InputLine session={session} />
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
