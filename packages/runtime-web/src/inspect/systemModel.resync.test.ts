import { describe, expect, it } from "vitest";
import { EventKind } from "./events.ts";
import { SystemModel } from "./systemModel.ts";
import { apply, event, exit, processState, snapshot, spawn, start } from "./testing/scriptedEvents.ts";

describe("snapshots and losses", () => {
  it("a first snapshot shows processes that started before the subscription", () => {
    const model = new SystemModel();
    const change = model.apply({
      events: [],
      dropped: 0,
      snapshot: snapshot([
        processState(1, { names: ["root"], links: [2], memoryBytes: 10, messagesSent: 3 }),
        processState(2, { parent: 1, links: [1], monitors: [1], state: "running" }),
      ]),
    });
    expect(change.spawned).toEqual([1, 2]);
    expect(model.process(1)).toMatchObject({ executor: 0, state: "parked", messagesSent: 3 });
    expect(model.process(2)).toMatchObject({ parent: 1, state: "running" });
    expect([...model.process(2)!.monitoredBy]).toEqual([1]);
    expect([...model.process(1)!.monitors]).toEqual([2]);
    expect(model.named("root")?.pid).toBe(1);
    expect(model.counters).toMatchObject({ alive: 2, memoryBytes: 10, messagesSent: 3 });
  });

  it("a snapshot replaces what was known, totals included", () => {
    const model = new SystemModel();
    apply(
      model,
      spawn(1),
      spawn(2),
      start(1),
      event(EventKind.Link, 1, { other: 2 }),
      event(EventKind.Monitor, 1, { other: 2 }),
      event(EventKind.NameRegistered, 1, { text: "old" }),
      event(EventKind.MessageSent, 1),
      event(EventKind.MemorySize, 1, { value: 500 }),
    );
    model.apply({
      events: [],
      dropped: 9,
      snapshot: snapshot([
        processState(1, { names: ["new"], messagesSent: 8, memoryBytes: 600 }),
        processState(2),
      ]),
    });
    const process = model.process(1)!;
    expect([...process.links, ...process.monitors, ...model.process(2)!.monitoredBy]).toEqual([]);
    expect([...process.names]).toEqual(["new"]);
    expect(model.named("old")).toBeUndefined();
    expect(model.counters).toMatchObject({ dropped: 9, messagesSent: 8, memoryBytes: 600, alive: 2 });
  });

  it("events that the snapshot contains are not counted twice, later ones are", () => {
    const model = new SystemModel();
    const before = event(EventKind.MessageSent, 1);
    const state = snapshot([processState(1, { messagesSent: 1 })]);
    const after = event(EventKind.MessageSent, 1);
    model.apply({ events: [before, after], dropped: 0, snapshot: state });
    expect(model.process(1)?.messagesSent).toBe(2);
    apply(model, before);
    expect(model.process(1)?.messagesSent).toBe(2);
  });

  it("a process missing from its executor's snapshot has ended, for a reason nobody saw", () => {
    const model = new SystemModel();
    apply(model, spawn(1), start(1), spawn(2), start(2), spawn(3), start(3, { executor: 1 }));
    const change = model.apply({ events: [], dropped: 100, snapshot: snapshot([processState(1)]) });
    expect(change.ended).toEqual([2]);
    expect(model.process(2)).toMatchObject({
      state: "ended",
      exitCode: undefined,
      exitText: "it ended while records were lost",
    });
    expect(model.process(3)?.state).toBe("running");
  });

  it("the cause of an inferred end is corrected when its record comes after all", () => {
    const model = new SystemModel();
    apply(model, spawn(1), start(1));
    const late = exit(1, { value: 3, text: "trapped" });
    model.apply({ events: [], dropped: 1, snapshot: snapshot([]) });
    apply(model, late);
    expect(model.process(1)).toMatchObject({ exitCode: 3, exitText: "trapped" });
    expect(model.counters).toMatchObject({ alive: 0, ended: 1 });
  });

  it("a process whose executor is unknown counts as ended only when all executors were heard without it", () => {
    const model = new SystemModel();
    apply(model, spawn(1), start(1, { executor: 0 }), spawn(2), start(2, { executor: 1 }), spawn(3));
    model.apply({ events: [], dropped: 1, snapshot: snapshot([processState(1)], { executor: 0 }) });
    expect(model.process(3)?.state).toBe("unstarted");
    model.apply({ events: [], dropped: 0, snapshot: snapshot([processState(2)], { executor: 1 }) });
    expect(model.process(3)?.state).toBe("ended");
  });

  it("a sign of life takes back an end that was only inferred", () => {
    const model = new SystemModel();
    apply(model, spawn(1), start(1), event(EventKind.MemorySize, 1, { value: 7 }));
    model.apply({ events: [], dropped: 1, snapshot: snapshot([]) });
    expect(model.process(1)?.state).toBe("ended");
    const change = apply(model, start(1, { executor: 2 }));
    expect(change.treeChanged).toBe(true);
    expect(model.process(1)).toMatchObject({
      state: "running",
      executor: 2,
      exitText: "",
      endedMs: undefined,
    });
    expect(model.counters).toMatchObject({ alive: 1, ended: 0, memoryBytes: 7 });
  });
});

describe("order across executors", () => {
  it("an event before its process's spawn enters the process, and the spawn completes it", () => {
    const model = new SystemModel();
    const late = spawn(2, 1, { executor: 0 });
    apply(model, spawn(1), start(2, { executor: 1 }));
    expect(model.process(2)).toMatchObject({ parent: 0, label: "", state: "running" });
    const change = apply(model, late);
    expect(change.treeChanged).toBe(true);
    expect(model.process(2)).toMatchObject({ parent: 1, label: "entry2", state: "running", executor: 1 });
    expect(model.counters.spawned).toBe(2);
  });

  it("a spawn or a message that comes after the end does not bring the process back", () => {
    const model = new SystemModel();
    const lateSpawn = spawn(2, 1);
    const lateQueued = event(EventKind.MessageQueued, 2, { value: 3 });
    apply(model, exit(2, { executor: 1 }));
    apply(model, lateSpawn, lateQueued, start(2));
    expect(model.process(2)).toMatchObject({ state: "ended", parent: 1, label: "entry2", mailboxDepth: 0 });
    expect(model.counters).toMatchObject({ alive: 0, spawned: 1, ended: 1 });
  });
});
