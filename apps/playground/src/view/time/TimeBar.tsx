import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { useCanvas } from "../canvas/useCanvas.ts";
import { formatBytes, formatCompact } from "../format.ts";
import type { ViewContext } from "../viewContext.ts";
import { drawActivity } from "./drawActivity.ts";
import { formatMoment } from "./formatMoment.ts";

const SPEEDS = [0.001, 0.01, 0.1, 0.25, 1, 4];
/** A replay should take about so long unless the visitor says otherwise: many runs are over in a blink. */
const REPLAY_MS = 6_000;

/** The run from its start until now: when what happened, and the moment that all parts of the view show. */
export function TimeBar({ session, timeLine }: ViewContext) {
  session.frames.frame.value;
  const { history } = session;
  const isLive = timeLine.moment.value === undefined;
  const isPlaying = timeLine.isPlaying.value;
  const isOver = history.isFinished;
  const { shownMs } = timeLine;
  const { endMs, firstMs } = history;
  const isEmpty = history.end === 0;
  const hasSpeed = useSignal(false);

  const play = () => {
    if (!hasSpeed.value && isLive) {
      timeLine.speed.value = SPEEDS.findLast((speed) => (endMs - firstMs) / speed >= REPLAY_MS) ?? SPEEDS[0]!;
    }
    timeLine.play();
  };

  const canvas = useCanvas((surface) => {
    drawActivity(surface, session.history.activity, {
      fromMs: 0,
      toMs: session.history.endMs,
      shownMs: timeLine.shownMs,
      rememberedMs: session.history.firstMs,
      isLive: timeLine.moment.value === undefined,
    });
    return false;
  });
  useEffect(canvas.request);

  const seekTo = (event: PointerEvent & { readonly currentTarget: HTMLElement }) => {
    const box = event.currentTarget.getBoundingClientRect();
    const part = (event.clientX - box.left) / box.width;
    if (part >= 1 && !isOver) timeLine.goLive();
    else timeLine.seek(part * session.history.endMs);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const part = event.shiftKey ? 0.1 : 0.01;
    if (event.key === "ArrowLeft") timeLine.seek(shownMs - part * endMs);
    else if (event.key === "ArrowRight") timeLine.seek(shownMs + part * endMs);
    else if (event.key === ",") timeLine.step(-1);
    else if (event.key === ".") timeLine.step(1);
    else if (event.key === "Home") timeLine.step(Number.NEGATIVE_INFINITY);
    else if (event.key === "End") timeLine.goLive();
    else if (event.key === " ") isPlaying ? timeLine.pause() : play();
    else return;
    event.preventDefault();
  };

  const memory = `History: ${formatCompact(history.end - history.first)} events, ${formatBytes(history.bytes)} of at most ${formatBytes(history.limitBytes)}${firstMs > 0 ? `; what happened before ${formatMoment(firstMs)} is forgotten` : ""}`;
  return (
    <div class="time-bar" data-testid="time-bar" data-moment={isLive ? "live" : Math.round(shownMs)}>
      <button
        type="button"
        class="icon"
        data-testid="time-play"
        disabled={isEmpty}
        aria-label={isPlaying ? "Pause the replay" : "Replay from here"}
        title={isPlaying ? "Pause the replay (space)" : "Replay the run from this moment (space)"}
        onClick={() => (isPlaying ? timeLine.pause() : play())}
      >
        <svg viewBox="0 0 12 12" aria-hidden="true">
          {isPlaying ? (
            <path d="M2 1.5h3v9H2zM7 1.5h3v9H7z" fill="currentColor" />
          ) : (
            <path d="M2.5 1.2 10.5 6l-8 4.8Z" fill="currentColor" />
          )}
        </svg>
      </button>
      <select
        class="speed"
        aria-label="Speed of the replay"
        value={timeLine.speed.value}
        onChange={(event) => {
          hasSpeed.value = true;
          timeLine.speed.value = Number(event.currentTarget.value);
        }}
      >
        {SPEEDS.map((speed) => (
          <option key={speed} value={speed}>
            {speed < 1 ? `1/${Math.round(1 / speed)}` : speed}×
          </option>
        ))}
      </select>
      <div
        class="time-track"
        role="slider"
        tabIndex={0}
        data-testid="time-track"
        aria-label="Moment of the run"
        aria-valuemin={Math.round(firstMs)}
        aria-valuemax={Math.round(endMs)}
        aria-valuenow={Math.round(shownMs)}
        aria-valuetext={isLive ? "live" : `${formatMoment(shownMs)} of ${formatMoment(endMs)}`}
        title={memory}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          if (event.button !== 0 || isEmpty) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          seekTo(event);
        }}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) seekTo(event);
        }}
      >
        <canvas ref={canvas.ref} />
      </div>
      <output class="moment">
        {formatMoment(shownMs)}
        <span class="of"> / {formatMoment(endMs)}</span>
      </output>
      <button
        type="button"
        class={isLive ? "live on" : "live"}
        data-testid="time-live"
        aria-pressed={isLive}
        title={isOver ? "Show the end of the run" : "Show the run as it goes on"}
        onClick={timeLine.goLive}
      >
        <span class="live-dot" aria-hidden="true" />
        {isOver ? "End" : "Live"}
      </button>
    </div>
  );
}
