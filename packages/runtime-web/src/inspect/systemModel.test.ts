import { describe, expect, it } from "vitest";
import { EventKind, ParkReason } from "./events.ts";
import { SystemModel } from "./systemModel.ts";
import { apply, event, exit, processState, snapshot, spawn, start } from "./testing/scriptedEvents.ts";

describe("each kind of event", () => {
  it("a spawned process exists with parent and label and waits for its start", () => {
    const model = new SystemModel();
    const change = apply(model, spawn(1), spawn(2, 1));
    expect(model.process(2)).toMatchObject({ pid: 2, parent: 1, label: "entry2", state: "unstarted" });
    expect(model.process(2)?.executor).toBeUndefined();
    expect(change).toMatchObject({ spawned: [1, 2], ended: [], treeChanged: true });
  });

  it("start, park and wake lead through the states and tell the executor", () => {
    const model = new SystemModel();
    apply(model, spawn(1), start(1, { executor: 3 }));
    expect(model.process(1)).toMatchObject({ state: "running", executor: 3 });
    apply(model, event(EventKind.Park, 1, { value: ParkReason.Receive, executor: 3 }));
    expect(model.process(1)).toMatchObject({ state: "parked", parkReason: ParkReason.Receive });
    apply(model, event(EventKind.Wake, 1, { executor: 3 }));
    expect(model.process(1)).toMatchObject({ state: "runnable", parkReason: undefined });
  });

  it("a wait tells what for, and of a receive the tags, as events and as snapshots have it", () => {
    const model = new SystemModel();
    apply(
      model,
      spawn(1),
      event(EventKind.Park, 1, { value: ParkReason.Receive, other: 2, tag: 130n }),
      spawn(2),
      event(EventKind.Park, 2, { value: ParkReason.Input }),
    );
    const receiving = {
      state: "parked",
      parkReason: ParkReason.Receive,
      awaitedTagCount: 2,
      awaitedTag: 130n,
    };
    expect(model.process(1)).toMatchObject(receiving);
    expect(model.process(2)).toMatchObject({ parkReason: ParkReason.Input, awaitedTagCount: 0 });
    apply(model, event(EventKind.Wake, 1));
    expect(model.process(1)).toMatchObject({ parkReason: undefined, awaitedTagCount: 0 });
    const late = new SystemModel();
    const states = [processState(1, { parkReason: ParkReason.Receive, awaitedTags: [130n, 131n] })];
    late.apply({ events: [], dropped: 0, snapshot: snapshot(states) });
    expect(late.process(1)).toMatchObject(receiving);
  });

  it("a preempted process is runnable and one without a stack is unstarted", () => {
    const model = new SystemModel();
    apply(model, spawn(1), event(EventKind.Park, 1, { value: ParkReason.Preempted }));
    expect(model.process(1)?.state).toBe("runnable");
    apply(model, spawn(2), event(EventKind.Park, 2, { value: ParkReason.AwaitingStack }));
    expect(model.process(2)?.state).toBe("unstarted");
  });

  it("messages that were left out are counted as such, and make no process of whom they name", () => {
    const model = new SystemModel();
    apply(
      model,
      spawn(1),
      event(EventKind.MessageSent, 1, { other: 2 }),
      event(EventKind.MoreMessages, 1, { other: 2, value: 40 }),
      event(EventKind.MoreMessages, 0, { value: 2 }),
      event(EventKind.MailboxSample, 1, { tag: 43n, other: 5, value: 1 }),
    );
    expect(model.counters).toMatchObject({ messagesSent: 43, messagesLeftOut: 42, spawned: 1 });
    expect(model.process(1)).toMatchObject({ messagesSent: 43, messagesReceived: 5 });
  });

  it("messages are counted at the sender when sent and at the receiver when queued", () => {
    const model = new SystemModel();
    apply(
      model,
      spawn(1),
      spawn(2),
      event(EventKind.MessageSent, 1, { other: 2, tag: 7n, value: 100 }),
      event(EventKind.MessageQueued, 2, { other: 1, value: 1 }),
    );
    expect(model.process(1)?.messagesSent).toBe(1);
    expect(model.process(2)).toMatchObject({ mailboxDepth: 1, messagesReceived: 1 });
    apply(model, event(EventKind.MessageTaken, 2, { other: 1, tag: 7n, value: 0 }));
    expect(model.process(2)).toMatchObject({ mailboxDepth: 0, messagesReceived: 1 });
    expect(model.counters).toMatchObject({ messagesSent: 1, messagesReceived: 1 });
  });

  it("a mailbox sample replaces the counts instead of adding to them", () => {
    const model = new SystemModel();
    apply(model, spawn(1), event(EventKind.MessageSent, 1));
    apply(model, event(EventKind.MailboxSample, 1, { value: 4, other: 90, tag: 1_000n }));
    expect(model.process(1)).toMatchObject({ mailboxDepth: 4, messagesReceived: 90, messagesSent: 1_000 });
    expect(model.counters).toMatchObject({ messagesSent: 1_000, messagesReceived: 90 });
  });

  it("links come and go on the side that told of them", () => {
    const model = new SystemModel();
    apply(
      model,
      spawn(1),
      spawn(2),
      event(EventKind.Link, 1, { other: 2 }),
      event(EventKind.Link, 2, { other: 1 }),
    );
    expect([...model.process(1)!.links]).toEqual([2]);
    apply(model, event(EventKind.Unlink, 1, { other: 2 }));
    expect([...model.process(1)!.links]).toEqual([]);
    expect([...model.process(2)!.links]).toEqual([1]);
  });

  it("a monitor is known at both of its ends until it is stopped", () => {
    const model = new SystemModel();
    const change = apply(model, spawn(1), spawn(2), event(EventKind.Monitor, 1, { other: 2 }));
    expect([...model.process(1)!.monitors]).toEqual([2]);
    expect([...model.process(2)!.monitoredBy]).toEqual([1]);
    expect([...change.changed]).toEqual([1, 2]);
    apply(model, event(EventKind.StopMonitoring, 1, { other: 2 }));
    expect([...model.process(1)!.monitors, ...model.process(2)!.monitoredBy]).toEqual([]);
  });

  it("a name leads to one process, the last one registered under it", () => {
    const model = new SystemModel();
    apply(model, spawn(1), spawn(2), event(EventKind.NameRegistered, 1, { text: "counter/é𝄞" }));
    expect(model.named("counter/é𝄞")?.pid).toBe(1);
    apply(model, event(EventKind.NameRegistered, 2, { text: "counter/é𝄞" }));
    expect(model.named("counter/é𝄞")?.pid).toBe(2);
    expect([...model.process(1)!.names]).toEqual([]);
    apply(model, event(EventKind.NameRemoved, 2, { text: "counter/é𝄞" }));
    expect(model.named("counter/é𝄞")).toBeUndefined();
  });

  it("memory and fuel are the last values told, and memory is summed over the living", () => {
    const model = new SystemModel();
    apply(
      model,
      spawn(1),
      spawn(2),
      event(EventKind.MemorySize, 1, { value: 65_536 }),
      event(EventKind.MemorySize, 1, { value: 131_072 }),
      event(EventKind.MemorySize, 2, { value: 1_000 }),
      event(EventKind.FuelUsed, 1, { value: 12_345 }),
    );
    expect(model.process(1)).toMatchObject({ memoryBytes: 131_072, fuelUsed: 12_345 });
    expect(model.counters.memoryBytes).toBe(132_072);
    apply(model, exit(1));
    expect(model.counters.memoryBytes).toBe(1_000);
  });

  it("a start tells the memory that a process begins with, and an end the fuel that it has used", () => {
    const model = new SystemModel();
    apply(model, spawn(1), start(1, { value: 65_536 }), event(EventKind.FuelUsed, 1, { value: 5 }));
    expect(model.process(1)).toMatchObject({ memoryBytes: 65_536, fuelUsed: 5 });
    expect(model.counters.memoryBytes).toBe(65_536);
    apply(model, exit(1, { tag: 2n ** 33n }));
    expect(model.process(1)).toMatchObject({ memoryBytes: 65_536, fuelUsed: 2 ** 33 });
  });

  it("a start and an end that do not tell of memory and fuel, as in older recordings, leave what is known", () => {
    const model = new SystemModel();
    apply(
      model,
      spawn(1),
      event(EventKind.MemorySize, 1, { value: 65_536 }),
      start(1),
      event(EventKind.FuelUsed, 1, { value: 9 }),
      exit(1),
    );
    expect(model.process(1)).toMatchObject({ memoryBytes: 65_536, fuelUsed: 9 });
  });

  it("a trapped process keeps its text, cut at 20,000 characters, and is counted once", () => {
    const model = new SystemModel();
    const text = `unreachable\n${"at deep\n".repeat(10_000)}`;
    const change = apply(
      model,
      spawn(1),
      event(EventKind.Trap, 1, { text }),
      event(EventKind.Trap, 1, { text }),
    );
    expect(model.process(1)?.trapText).toBe(text.slice(0, 20_000));
    expect(change.trapped).toEqual([1]);
    expect(model.counters.trapped).toBe(1);
  });

  it("an ended process stays with its cause and the time of its end", () => {
    const model = new SystemModel();
    const change = apply(
      model,
      spawn(1),
      start(1),
      exit(1, { value: 4, text: "killed by process 7", timeMs: 90_000 }),
    );
    expect(model.process(1)).toMatchObject({
      state: "ended",
      exitCode: 4,
      exitText: "killed by process 7",
      endedMs: 90_000,
    });
    expect(change.ended).toEqual([1]);
    expect(model.counters).toMatchObject({ alive: 0, mostAlive: 1, spawned: 1, ended: 1 });
    expect(model.timeMs).toBe(90_000);
  });

  it("a death is taken out of the links and monitors of the living and kept in those of the dead", () => {
    const model = new SystemModel();
    apply(
      model,
      spawn(1),
      spawn(2),
      event(EventKind.Link, 1, { other: 2 }),
      event(EventKind.Link, 2, { other: 1 }),
      event(EventKind.Monitor, 1, { other: 2 }),
      exit(2),
    );
    expect([...model.process(1)!.links, ...model.process(1)!.monitors]).toEqual([]);
    expect([...model.process(2)!.links]).toEqual([1]);
    expect([...model.process(2)!.monitoredBy]).toEqual([1]);
  });

  it.each([EventKind.Output, EventKind.Notice, EventKind.Signal])(
    "kind %i leaves the process as it is",
    (kind) => {
      const model = new SystemModel();
      apply(model, spawn(1));
      const before = model.process(1)?.revision;
      expect(apply(model, event(kind, 1, { text: "x" })).changed.size).toBe(0);
      expect(model.process(1)?.revision).toBe(before);
    },
  );

  it("what still lives when the subscription is over ended with its environment", () => {
    const model = new SystemModel();
    apply(model, spawn(1), spawn(2), exit(2), event(EventKind.EnvironmentEnded, 1));
    expect(model.process(1)?.state).toBe("unstarted");
    expect(model.finish().ended).toEqual([1]);
    expect(model.process(1)).toMatchObject({ state: "ended", exitText: "its environment ended" });
    expect(model.process(2)?.exitText).toBe("returned");
    expect(model.finish().changed.size).toBe(0);
  });
});

describe("changes", () => {
  it("a change names exactly the processes that changed, and their revision is the model's", () => {
    const model = new SystemModel();
    apply(model, spawn(1), spawn(2), spawn(3));
    const change = apply(
      model,
      event(EventKind.FuelUsed, 2, { value: 5 }),
      event(EventKind.FuelUsed, 2, { value: 6 }),
    );
    expect([...change.changed]).toEqual([2]);
    expect(change.treeChanged).toBe(false);
    expect(model.process(2)?.revision).toBe(model.revision);
    expect(model.process(1)?.revision).toBeLessThan(model.revision);
  });

  it("the tree's revision moves with spawns, ends and parents, and not with messages", () => {
    const model = new SystemModel();
    const revisions = [
      [spawn(1), start(2)],
      [event(EventKind.MessageSent, 1), event(EventKind.MessageQueued, 2, { value: 1 })],
      [spawn(2, 1)],
      [event(EventKind.FuelUsed, 1, { value: 9 })],
      [exit(2)],
    ].map((events) => {
      apply(model, ...events);
      return model.treeRevision;
    });
    expect(revisions).toEqual([1, 1, 2, 2, 3]);
  });

  it("a batch of 50,000 events over 10,000 processes names each changed process once", () => {
    const model = new SystemModel();
    apply(model, ...Array.from({ length: 10_000 }, (_, i) => spawn(i + 1)));
    const events = Array.from({ length: 50_000 }, (_, i) => event(EventKind.MessageSent, (i % 100) + 1));
    expect(apply(model, ...events).changed.size).toBe(100);
    expect(model.process(1)?.messagesSent).toBe(500);
    expect(model.counters).toMatchObject({ alive: 10_000, messagesSent: 50_000, events: 60_000 });
  });
});

describe("bounds", () => {
  it("keeps the latest ended processes and all living ones", () => {
    const model = new SystemModel(3);
    apply(model, ...[1, 2, 3, 4, 5, 6].map((pid) => spawn(pid)));
    const change = apply(model, ...[5, 4, 3, 2, 1].map((pid) => exit(pid)));
    expect(change.forgotten).toEqual([5, 4]);
    expect([...change.changed]).not.toContain(5);
    expect([...model.processes.keys()]).toEqual([1, 2, 3, 6]);
    expect(model.counters).toMatchObject({ alive: 1, ended: 5, spawned: 6 });
  });

  it("late events of a forgotten process are ignored", () => {
    const model = new SystemModel(1);
    const late = [spawn(1), start(1)];
    apply(model, exit(1), exit(2));
    expect(model.process(1)).toBeUndefined();
    apply(model, ...late);
    expect(model.process(1)).toBeUndefined();
    expect(model.counters.alive).toBe(0);
  });

  it("a forgotten process leaves no name and no watcher behind", () => {
    const model = new SystemModel(0);
    apply(
      model,
      spawn(1),
      spawn(2),
      event(EventKind.NameRegistered, 1, { text: "gone" }),
      event(EventKind.Monitor, 1, { other: 2 }),
      exit(1),
    );
    expect(model.named("gone")).toBeUndefined();
    expect([...model.process(2)!.monitoredBy]).toEqual([]);
  });

  it("holds no more after 200,000 short-lived processes than its bound", () => {
    const model = new SystemModel(100);
    for (let pid = 1; pid <= 200_000; pid += 1_000) {
      const pids = Array.from({ length: 1_000 }, (_, i) => pid + i);
      apply(model, ...pids.flatMap((one) => [spawn(one), exit(one)]));
    }
    expect(model.processes.size).toBe(100);
    expect(model.process(200_000)?.state).toBe("ended");
    expect(model.counters).toMatchObject({ spawned: 200_000, ended: 200_000, alive: 0, mostAlive: 1 });
  });
});
