import { EventKind, History, type InspectionEvent } from "@lunatic-web/runtime/inspect";
import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import { createFrameClock } from "../../run/frameClock.ts";
import type { RunPhase, Session } from "../../run/session.ts";
import { createTimeLine } from "./timeLine.ts";

function setUp() {
  const phase = signal<RunPhase>("running");
  const listeners: ((events: readonly InspectionEvent[]) => void)[] = [];
  const frames: ((nowMs: number) => void)[] = [];
  let history = new History();
  let sequence = 0;
  const used: Pick<Session, "phase" | "frames" | "history" | "model" | "onEvents"> = {
    phase,
    frames: createFrameClock(() => {}),
    get history() {
      return history;
    },
    get model() {
      return history.live;
    },
    onEvents(listener) {
      listeners.push(listener);
      return () => {};
    },
  };
  const timeLine = createTimeLine(used as Session, (callback) => frames.push(callback));
  const seen: number[] = [];
  timeLine.onEvents((events) => seen.push(...events.map(({ pid }) => pid)));
  return {
    timeLine,
    seen,
    phase,
    /** A process is spawned at each of these times; its pid is the time. */
    spawnAt(...times: number[]) {
      const events = times.map((timeMs) => ({
        sequence: ++sequence,
        timeMs,
        executor: 0,
        environment: 1,
        kind: EventKind.Spawn,
        pid: timeMs,
        other: 0,
        tag: 0n,
        value: 1,
        text: "entry",
      }));
      history.apply({ events, dropped: 0 });
      for (const listener of listeners) listener(events);
    },
    frame(nowMs: number) {
      for (const callback of frames.splice(0)) callback(nowMs);
    },
    newRun() {
      history = new History();
      phase.value = "loading";
    },
    pids: () => [...timeLine.model.processes.keys()],
  };
}

describe("the time line", () => {
  it("shows the system now, and its events as they come, until a moment is chosen", () => {
    const { timeLine, seen, spawnAt, pids } = setUp();
    spawnAt(10, 20);
    expect([timeLine.moment.value, pids(), timeLine.shownMs]).toEqual([undefined, [10, 20], 20]);
    timeLine.seek(10);
    spawnAt(30);
    expect([timeLine.moment.value, pids(), timeLine.position]).toEqual([10, [10], 1]);
    expect(seen, "what happens meanwhile is not shown").toEqual([10, 20]);
    timeLine.goLive();
    expect([timeLine.moment.value, pids()]).toEqual([undefined, [10, 20, 30]]);
  });

  it("stays within what there is", () => {
    const { timeLine, spawnAt, pids } = setUp();
    spawnAt(10, 20);
    timeLine.seek(-5);
    expect([timeLine.moment.value, pids()]).toEqual([0, []]);
    timeLine.seek(1_000);
    expect([timeLine.moment.value, pids()]).toEqual([20, [10, 20]]);
  });

  it("goes by single events in both directions", () => {
    const { timeLine, spawnAt, pids } = setUp();
    spawnAt(10, 20, 30);
    timeLine.step(-1);
    expect([timeLine.moment.value, pids()]).toEqual([20, [10, 20]]);
    timeLine.step(-1);
    expect(pids()).toEqual([10]);
    timeLine.step(1);
    expect(pids()).toEqual([10, 20]);
  });

  it("plays from the start to the end with the events on the way, and is live then", () => {
    const { timeLine, seen, spawnAt, frame, pids } = setUp();
    spawnAt(10, 20, 30);
    seen.length = 0;
    timeLine.play();
    frame(1_000);
    expect([timeLine.isPlaying.value, pids()]).toEqual([true, []]);
    frame(1_012);
    expect([timeLine.moment.value, pids()]).toEqual([12, [10]]);
    timeLine.speed.value = 0.5;
    frame(1_032);
    expect([timeLine.moment.value, seen]).toEqual([22, [10, 20]]);
    frame(1_100);
    expect([timeLine.moment.value, timeLine.isPlaying.value, seen]).toEqual([undefined, false, [10, 20, 30]]);
  });

  it("stands still when it is paused or a moment is chosen", () => {
    const { timeLine, spawnAt, frame } = setUp();
    spawnAt(10, 20, 30);
    timeLine.play();
    timeLine.pause();
    frame(1_000);
    frame(1_200);
    expect(timeLine.moment.value).toBe(0);
    timeLine.play();
    timeLine.seek(20);
    frame(2_000);
    expect([timeLine.moment.value, timeLine.isPlaying.value]).toEqual([20, false]);
  });

  it("is live again when the next run begins", () => {
    const { timeLine, spawnAt, newRun, pids } = setUp();
    spawnAt(10, 20);
    timeLine.seek(10);
    newRun();
    expect([timeLine.moment.value, pids()]).toEqual([undefined, []]);
    spawnAt(5, 6);
    timeLine.seek(5);
    expect(pids()).toEqual([5]);
  });
});
