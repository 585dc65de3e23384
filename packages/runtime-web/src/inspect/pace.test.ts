import { describe, expect, it } from "vitest";
import { EventKind } from "./events.ts";
import { MessageWatch } from "./messageWatch.ts";
import { PAUSED, PaceCode, paceOf, RUNNING } from "./pace.ts";
import { SystemModel } from "./systemModel.ts";
import { sinkOf } from "./testing/eventSink.ts";
import { apply, event, snapshot } from "./testing/scriptedEvents.ts";

const pace = (code: number, slicesPerSecond = 0) =>
  event(EventKind.Pace, 1, { value: code, other: slicesPerSecond });

describe("the pace of an environment", () => {
  it("comes back from its code", () => {
    expect(paceOf(PaceCode.running, 0)).toEqual(RUNNING);
    expect(paceOf(PaceCode.paused, 0)).toEqual(PAUSED);
    expect(paceOf(PaceCode.slow, 2.5)).toEqual({ state: "slow", slicesPerSecond: 2.5 });
  });

  it("is told by events, and makes no process of the root it names", () => {
    const model = new SystemModel();
    expect(model.pace).toEqual(RUNNING);
    apply(model, pace(PaceCode.slow, 4));
    expect(model.pace).toEqual({ state: "slow", slicesPerSecond: 4 });
    apply(model, pace(PaceCode.paused));
    expect([model.pace, model.processes.size]).toEqual([PAUSED, 0]);
  });

  it("is told by a snapshot to those who come late", () => {
    const model = new SystemModel();
    model.apply({ events: [], dropped: 0, snapshot: snapshot([], { pace: PAUSED }) });
    expect(model.pace).toEqual(PAUSED);
  });

  it("is the later one when a snapshot of another executor is older than the event", () => {
    const model = new SystemModel();
    const old = snapshot([], { executor: 1, pace: PAUSED });
    apply(model, pace(PaceCode.running));
    model.apply({ events: [], dropped: 0, snapshot: old });
    expect(model.pace).toEqual(RUNNING);
  });
});

describe("MessageWatch", () => {
  it.each([
    ["a message that is taken", EventKind.MessageTaken, true],
    ["a message that only arrives", EventKind.MessageQueued, false],
    ["anything else", EventKind.Output, false],
  ])("notes %s", (_, kind, isSeen) => {
    const watch = new MessageWatch(undefined);
    watch.emit(kind, 1, 2, 0n, 0);
    expect(watch.hasSeen).toBe(isSeen);
  });

  it("notes a message that is sent, and lets its way be told also where nobody else looks on", () => {
    const watch = new MessageWatch(undefined);
    expect(watch.messageSent(1, 2, 0n, 8)).toBe(true);
    expect(watch.hasSeen).toBe(true);
  });

  it("lets every event pass as it is", () => {
    const passed: unknown[] = [];
    const watch = new MessageWatch(sinkOf((...event) => passed.push(event)));
    watch.emit(EventKind.Output, 1, 2, 3n, 4, "five");
    watch.messageSent(1, 2, 3n, 4);
    expect(passed).toEqual([
      [EventKind.Output, 1, 2, 3n, 4, "five"],
      [EventKind.MessageSent, 1, 2, 3n, 4],
    ]);
  });
});
