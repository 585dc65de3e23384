import { HistoryCursor, type InspectionEvent, type SystemModel } from "@lunatic-web/runtime/inspect";
import { batch, effect, type ReadonlySignal, type Signal, signal, untracked } from "@preact/signals";
import type { Session } from "../../run/session.ts";

/** Where all parts of the view look at the run: now, or at an earlier moment, which they show as it was. */
export interface TimeLine {
  /** Milliseconds of the run's clock; undefined: now. */
  readonly moment: ReadonlySignal<number | undefined>;
  readonly isPlaying: ReadonlySignal<boolean>;
  /** Milliseconds of the run per millisecond of the visitor, while it plays. */
  readonly speed: Signal<number>;
  /** The system at the moment: the session's own model when that is now. Only to look at. */
  readonly model: SystemModel;
  /** The moment, now included, in milliseconds of the run's clock. */
  readonly shownMs: number;
  /** Number of events before the moment, counted as History does. */
  readonly position: number;
  /** Shows a moment, and stops playing. Beyond what is remembered: the nearest that is. */
  seek(timeMs: number): void;
  /** Shows the moment before or after so many events. */
  step(events: number): void;
  goLive(): void;
  /** Lets time pass from the moment on, from the start if it is the end of a run. Ends up live. */
  play(): void;
  pause(): void;
  /**
   * Calls back with the events that are shown: those of the run as they come, or those that play passes.
   * @returns ends it
   */
  onEvents(listener: (events: readonly InspectionEvent[]) => void): () => void;
}

/** @param schedule calls back before the next frame with the time; the page passes requestAnimationFrame */
export function createTimeLine(
  session: Session,
  schedule: (callback: (nowMs: number) => void) => void,
): TimeLine {
  const moment = signal<number | undefined>(undefined);
  const isPlaying = signal(false);
  const speed = signal(1);
  const listeners = new Set<(events: readonly InspectionEvent[]) => void>();
  let shown = session.history;
  let cursor = new HistoryCursor(shown);
  /** Counts calls of play: the frames of an earlier one end it. */
  let turn = 0;

  function tell(events: readonly InspectionEvent[]): void {
    if (events.length > 0) for (const listener of listeners) listener(events);
  }

  session.onEvents((events) => {
    if (moment.value === undefined) tell(events);
  });

  effect(() => {
    if (session.phase.value !== "loading") return;
    untracked(goLive);
  });

  function show(position: number, timeMs: number): void {
    if (shown !== session.history) {
      shown = session.history;
      cursor = new HistoryCursor(shown);
    }
    const events = cursor.seek(position);
    batch(() => {
      moment.value = timeMs;
      session.frames.flush();
    });
    tell(events);
  }

  function moveTo(timeMs: number): void {
    const { history } = session;
    const shown = Math.min(Math.max(timeMs, history.firstMs), history.endMs);
    show(history.positionAt(shown), shown);
  }

  function pause(): void {
    turn++;
    isPlaying.value = false;
  }

  function goLive(): void {
    pause();
    moment.value = undefined;
    session.frames.flush();
  }

  function play(): void {
    const { history } = session;
    const from = moment.value;
    if (from === undefined || from >= history.endMs) moveTo(history.firstMs);
    isPlaying.value = true;
    const own = ++turn;
    let lastMs: number | undefined;
    const tick = (nowMs: number) => {
      if (own !== turn) return;
      // A tab that was hidden goes on where it was.
      const passedMs = lastMs === undefined ? 0 : Math.min(nowMs - lastMs, 250);
      lastMs = nowMs;
      const next = (moment.value ?? 0) + passedMs * speed.value;
      if (next >= history.endMs) {
        moveTo(history.endMs);
        goLive();
        return;
      }
      moveTo(next);
      schedule(tick);
    };
    schedule(tick);
  }

  return {
    moment,
    isPlaying,
    speed,
    get model() {
      return moment.value === undefined ? session.model : cursor.model;
    },
    get shownMs() {
      return moment.value ?? session.history.endMs;
    },
    get position() {
      return moment.value === undefined ? session.history.end : cursor.position;
    },
    seek(timeMs) {
      pause();
      moveTo(timeMs);
    },
    step(events) {
      pause();
      const { history } = session;
      const from = moment.value === undefined ? history.end : cursor.position;
      const position = Math.min(Math.max(from + events, history.first), history.end);
      show(position, history.timeAt(position));
    },
    goLive,
    play,
    pause,
    onEvents(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
