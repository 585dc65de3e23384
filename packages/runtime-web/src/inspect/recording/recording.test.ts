import { describe, expect, it } from "vitest";
import { EventKind, ParkReason } from "../events.ts";
import { History } from "../history.ts";
import { HistoryCursor } from "../historyCursor.ts";
import type { InspectionEvent } from "../inspectionEvent.ts";
import { random, randomBatches, randomEvent, state } from "../testing/randomRuns.ts";
import { event, processState, snapshot, spawn } from "../testing/scriptedEvents.ts";
import { openRecording } from "./openRecording.ts";
import type { RecordedLine, RecordingInfo } from "./recording.ts";
import { saveRecording } from "./saveRecording.ts";

const INFO: RecordingInfo = { program: "The night watch", args: ["--n", "3"], savedMs: 1_764_000_000_000 };
const LINES: readonly RecordedLine[] = [
  { pid: 1, kind: "stdout", text: "\u001b[32mgrüß dich\u001b[0m", timeMs: 0.25 },
  { pid: 2, kind: "stderr", text: "" },
  { pid: 0, kind: "notice", text: "a limit was reached" },
];

async function reopened(history: History) {
  return (await openRecording(await saveRecording({ info: INFO, history, lines: LINES }))).history;
}

/** Every event that is remembered, with its position. */
function events(history: History): InspectionEvent[] {
  return Array.from({ length: history.end - history.first }, (_, at) => history.event(history.first + at));
}

/** What each of some positions shows. */
function moments(history: History, positions: readonly number[]) {
  const cursor = new HistoryCursor(history);
  return positions.map((position) => {
    cursor.seek(position);
    return [position, history.timeAt(position), state(cursor.model)];
  });
}

describe("a recording", () => {
  it.each([1, 2, 3, 4, 5])("shows every moment as the run did, losses included (seed %i)", async (seed) => {
    const history = new History({ eventsPerFrame: 64 });
    for (const batch of randomBatches(seed, 120)) history.apply(batch);
    history.finish();
    const opened = await reopened(history);
    expect(events(opened)).toEqual(events(history));
    expect(state(opened.live)).toEqual(state(history.live));
    const pick = random(seed);
    const positions = Array.from({ length: 40 }, () => pick(history.end + 1));
    expect(moments(opened, positions)).toEqual(moments(history, positions));
    expect(opened.activity.capture()).toEqual(history.activity.capture());
    expect([opened.isFinished, opened.firstMs, opened.endMs]).toEqual([true, 0, history.endMs]);
  });

  it("of a run whose beginning is forgotten begins where the run's memory does", async () => {
    const history = new History({ limitBytes: 400_000, eventsPerFrame: 1_000 });
    const pick = random(7);
    for (let batch = 0; batch < 400; batch++) {
      history.apply({ events: Array.from({ length: 50 }, () => randomEvent(pick, 50)), dropped: 0 });
    }
    expect(history.first).toBeGreaterThan(0);
    const opened = await reopened(history);
    expect([opened.first, opened.end, opened.firstMs]).toEqual([history.first, history.end, history.firstMs]);
    expect(events(opened)).toEqual(events(history));
    const positions = [history.first, history.first + 1, history.first + 2_500, history.end];
    expect(moments(opened, positions)).toEqual(moments(history, positions));
    expect(opened.activity.capture(), "of the forgotten part too").toEqual(history.activity.capture());
  });

  it("keeps ended processes, names, restarts and totals from before its first event", async () => {
    const history = new History({ limitBytes: 1, eventsPerFrame: 2, endedKept: 3 });
    const worker = (pid: number) => spawn(pid, 1, { text: "worker" });
    const trap = (pid: number) => event(EventKind.Exit, pid, { value: 3, text: "trapped" });
    history.apply({ events: [spawn(1), worker(2)], dropped: 4 });
    history.apply({ events: [event(EventKind.NameRegistered, 2, { text: "desk" }), trap(2)], dropped: 0 });
    history.apply({ events: [worker(3), trap(3)], dropped: 0 });
    const wakes = () => Array.from({ length: 20 }, () => event(EventKind.Wake, 1));
    for (let batch = 0; batch < 4; batch++) history.apply({ events: wakes(), dropped: 0 });
    history.apply({ events: [worker(4)], dropped: 0 });
    expect(history.first, "both ends are forgotten").toBeGreaterThan(5);
    const opened = await reopened(history);
    expect(opened.live.process(4)?.restarts).toBe(2);
    expect(opened.live.process(2)).toMatchObject({ state: "ended", exitText: "trapped", restarts: 0 });
    expect(opened.live.named("desk")?.pid).toBe(2);
    expect(opened.live.counters).toMatchObject({ spawned: 4, ended: 2, dropped: 4, events: 87 });
    expect(opened.live.endedKept).toBe(3);
  });

  it("keeps what processes wait for, as snapshots and as frames have it", async () => {
    const history = new History({ limitBytes: 1, eventsPerFrame: 2 });
    const waiting = { parkReason: ParkReason.Receive, awaitedTags: [-5n, 2n ** 56n] };
    history.apply({ events: [spawn(1)], dropped: 0, snapshot: snapshot([processState(1, waiting)]) });
    const told = { parkReason: ParkReason.Receive, awaitedTagCount: 2, awaitedTag: -5n };
    expect((await reopened(history)).live.process(1)).toMatchObject(told);
    const wakes = () => Array.from({ length: 20 }, () => event(EventKind.Wake, 2));
    for (let batch = 0; batch < 4; batch++) history.apply({ events: wakes(), dropped: 0 });
    expect(history.first).toBeGreaterThan(1);
    expect((await reopened(history)).live.process(1)).toMatchObject(told);
  });

  it("of a run that goes on is what was known at the call, and its processes live on at its end", async () => {
    const history = new History();
    history.apply({ events: [spawn(1), spawn(2)], dropped: 0 });
    const saving = saveRecording({ info: INFO, history, lines: [] });
    history.apply({ events: [spawn(3)], dropped: 1, snapshot: snapshot([processState(3)]) });
    const opened = (await openRecording(await saving)).history;
    expect([...opened.live.processes.keys()]).toEqual([1, 2]);
    expect(opened.live.process(2)?.state).toBe("unstarted");
    expect(opened.isFinished).toBe(true);
  });

  it("tells what ran, and what was written", async () => {
    const info = { ...INFO, exit: "finished", seed: 7 };
    const opened = await openRecording(await saveRecording({ info, history: new History(), lines: LINES }));
    expect(opened.info).toEqual(info);
    expect(opened.lines).toEqual(LINES);
    expect(opened.history.end).toBe(0);
  });

  it("opens within the bound that it is given, without what is oldest", async () => {
    const history = new History({ eventsPerFrame: 500 });
    const pick = random(3);
    for (let batch = 0; batch < 100; batch++) {
      history.apply({ events: Array.from({ length: 100 }, () => randomEvent(pick, 20)), dropped: 0 });
    }
    const file = await saveRecording({ info: INFO, history, lines: [] });
    const opened = (await openRecording(file, { limitBytes: 200_000, eventsPerFrame: 500 })).history;
    expect(opened.bytes).toBeLessThanOrEqual(200_000);
    expect(opened.first).toBeGreaterThan(0);
    expect([opened.end, state(opened.live)]).toEqual([history.end, state(history.live)]);
  });

  it("of several executors keeps who ran what", async () => {
    const history = new History();
    const on = (executor: number) => event(EventKind.Start, executor + 1, { executor });
    history.apply({ events: [on(0), on(0), on(1)], dropped: 0 });
    history.apply({ events: [on(0), on(7)], dropped: 0 });
    expect(events(await reopened(history)).map(({ executor }) => executor)).toEqual([0, 0, 1, 0, 7]);
  });
});
