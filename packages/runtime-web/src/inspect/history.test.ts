import { describe, expect, it } from "vitest";
import { EventKind } from "./events.ts";
import { History } from "./history.ts";
import { HistoryCursor } from "./historyCursor.ts";
import { SystemModel } from "./systemModel.ts";
import { random, randomBatches, randomEvent, state } from "./testing/randomRuns.ts";
import { event, exit, spawn } from "./testing/scriptedEvents.ts";

describe("a moment of a history", () => {
  it.each([1, 2, 3, 4, 5])("is what a replay of everything up to it gives (seed %i)", (seed) => {
    const batches = randomBatches(seed, 120);
    const history = new History({ eventsPerFrame: 64 });
    const known: { readonly position: number; readonly state: unknown }[] = [];
    const replayed = new SystemModel();
    for (const batch of batches) {
      history.apply(batch);
      replayed.apply(batch);
      known.push({ position: history.end, state: state(replayed) });
    }
    expect(state(history.live)).toEqual(state(replayed));
    const pick = random(seed);
    const cursor = new HistoryCursor(history);
    for (let round = 0; round < 200; round++) {
      const moment = known[pick(known.length)]!;
      // Batches without events or steps end where the one before did.
      const last = known.findLast(({ position }) => position === moment.position)!;
      cursor.seek(moment.position);
      expect(state(cursor.model), `position ${moment.position}`).toEqual(last.state);
    }
  });

  it("is found by its time, also between two events of one batch", () => {
    const history = new History({ eventsPerFrame: 2 });
    history.apply({ events: [spawn(1, 0, { timeMs: 10 }), spawn(2, 1, { timeMs: 20 })], dropped: 0 });
    history.apply({ events: [spawn(3, 1, { timeMs: 30 }), exit(2, { timeMs: 40 })], dropped: 0 });
    const cursor = new HistoryCursor(history);
    const pidsAt = (timeMs: number) => {
      cursor.seek(history.positionAt(timeMs));
      return [...cursor.model.processes.values()].map(({ pid, state }) => `${pid} ${state}`);
    };
    expect(pidsAt(9)).toEqual([]);
    expect(pidsAt(10)).toEqual(["1 unstarted"]);
    expect(pidsAt(35)).toEqual(["1 unstarted", "2 unstarted", "3 unstarted"]);
    expect(pidsAt(20)).toEqual(["1 unstarted", "2 unstarted"]);
    expect(pidsAt(1_000)).toEqual(["1 unstarted", "2 ended", "3 unstarted"]);
    expect([0, 1, 2, 3, 4].map((position) => history.timeAt(position))).toEqual([0, 10, 20, 30, 40]);
  });

  it("has all of ten thousand processes that came and went, at any time", () => {
    const history = new History();
    const crowd = 10_000;
    for (let first = 2; first < crowd + 2; first += 500) {
      const pids = Array.from({ length: 500 }, (_, index) => first + index);
      history.apply({
        events: [...pids.map((pid) => spawn(pid, 1)), ...pids.map((pid) => exit(pid))],
        dropped: 0,
      });
    }
    expect([history.live.processes.size, history.live.forgotten]).toEqual([crowd, 0]);
    const cursor = new HistoryCursor(history);
    cursor.seek(history.end);
    expect(cursor.model.process(2)).toMatchObject({ label: "entry2", state: "ended" });
    cursor.seek(crowd);
    expect(cursor.model.processes.size).toBe(crowd / 2);
    expect(cursor.model.process(2)?.state).toBe("ended");
  });

  it("says how many ended processes do not fit any more", () => {
    const history = new History({ endedKept: 10 });
    const pids = Array.from({ length: 25 }, (_, index) => index + 1);
    history.apply({
      events: [...pids.map((pid) => spawn(pid)), ...pids.map((pid) => exit(pid))],
      dropped: 0,
    });
    expect([history.live.processes.size, history.live.forgotten, history.live.counters.ended]).toEqual([
      10, 15, 25,
    ]);
  });

  it("does not change when the run goes on, and does not change the run", () => {
    const history = new History();
    history.apply({ events: [spawn(1), event(EventKind.Link, 1, { other: 2 }), spawn(2)], dropped: 0 });
    const cursor = new HistoryCursor(history);
    cursor.seek(history.end);
    history.apply({ events: [exit(2)], dropped: 0 });
    history.finish();
    expect(cursor.model.process(2)?.state).toBe("unstarted");
    expect([...cursor.model.process(1)!.links]).toEqual([2]);
    expect(history.live.process(1)?.state).toBe("ended");
    cursor.seek(history.end);
    expect(cursor.model.process(1)).toMatchObject({ state: "ended", exitText: "its environment ended" });
    cursor.seek(1);
    expect(cursor.model.processes.size).toBe(1);
    expect(history.live.processes.size).toBe(2);
  });

  it("hands out the events that a step forward passes, and none of a leap back", () => {
    const history = new History({ eventsPerFrame: 2 });
    const events = [spawn(1), spawn(2), spawn(3), spawn(4), spawn(5)];
    for (const each of events) history.apply({ events: [each], dropped: 0 });
    const cursor = new HistoryCursor(history);
    cursor.seek(1);
    expect(cursor.seek(3)).toEqual(events.slice(1, 3));
    expect(cursor.seek(5)).toEqual(events.slice(3, 5));
    expect(cursor.seek(2)).toEqual([]);
    expect(cursor.model.processes.size).toBe(2);
  });
});

describe("the memory of a history", () => {
  it("stays below its bound, and what is oldest goes first", () => {
    const limitBytes = 400_000;
    const history = new History({ limitBytes, eventsPerFrame: 1_000 });
    const pick = random(7);
    for (let batch = 0; batch < 400; batch++) {
      history.apply({ events: Array.from({ length: 50 }, () => randomEvent(pick, 50)), dropped: 0 });
    }
    expect(history.bytes).toBeLessThan(limitBytes);
    expect(history.first).toBeGreaterThan(0);
    expect(history.end).toBe(20_000);
    const cursor = new HistoryCursor(history);
    cursor.seek(0);
    expect(cursor.position, "the earliest that is left").toBe(history.first);
    cursor.seek(history.end);
    expect(state(cursor.model)).toEqual(state(history.live));
  });

  it("keeps every field of an event, a large value and a negative tag included", () => {
    const history = new History();
    const written = event(EventKind.MessageSent, 2 ** 40, {
      other: 3,
      tag: -(2n ** 62n),
      value: 2 ** 33 + 1,
      executor: 5,
      timeMs: 0.25,
      text: "text",
    });
    history.apply({ events: [written], dropped: 0 });
    expect(history.event(0)).toEqual(written);
  });
});

describe("restarts", () => {
  it("count the failed processes that one took the place of, each once", () => {
    const model = new SystemModel();
    const worker = (pid: number) => spawn(pid, 1, { text: "worker" });
    model.apply({ events: [spawn(1), worker(2), worker(3), exit(2, { value: 3 })], dropped: 0 });
    model.apply({ events: [worker(4), worker(5), exit(4, { value: 3 }), worker(6)], dropped: 0 });
    expect([2, 3, 4, 5, 6].map((pid) => model.process(pid)!.restarts)).toEqual([0, 0, 1, 0, 2]);
  });

  it("do not count processes that returned, or those of another parent or entry function", () => {
    const model = new SystemModel();
    model.apply({ events: [spawn(1), spawn(2, 1, { text: "a" }), exit(2, { value: 1 })], dropped: 0 });
    model.apply({ events: [spawn(3, 1, { text: "a" }), exit(3, { value: 3 })], dropped: 0 });
    model.apply({ events: [spawn(4, 1, { text: "b" }), spawn(5, 2, { text: "a" })], dropped: 0 });
    expect([3, 4, 5].map((pid) => model.process(pid)!.restarts)).toEqual([0, 0, 0]);
  });
});

describe("the activity of a run", () => {
  it("is counted per stretch of time, and a longer run has longer ones", () => {
    const history = new History();
    const sent = (timeMs: number) => event(EventKind.MessageSent, 1, { timeMs });
    history.apply({ events: [sent(0), sent(0.5), sent(3), spawn(2, 1, { timeMs: 3 })], dropped: 0 });
    const { activity } = history;
    expect([...activity.messages.subarray(0, activity.used)]).toEqual([2, 0, 0, 1]);
    history.apply({ events: [sent(2_000), exit(2, { timeMs: 2_000 })], dropped: 0 });
    expect(activity.widthMs).toBe(4);
    expect(activity.messages[0]).toBe(3);
    expect([activity.messages[500], activity.exits[500], activity.spawns[0]]).toEqual([1, 1, 1]);
    expect(activity.used).toBe(501);
  });
});
