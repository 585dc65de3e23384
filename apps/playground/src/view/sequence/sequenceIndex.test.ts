import { EventKind, History, type InspectionEvent } from "@lunatic-web/runtime/inspect";
import { describe, expect, it } from "vitest";
import { SequenceIndex } from "./sequenceIndex.ts";

let sequence = 0;
function event(kind: EventKind, pid: number, other = 0): InspectionEvent {
  sequence++;
  return { sequence, timeMs: sequence, executor: 0, environment: 1, kind, pid, other, tag: 0n, value: 0 };
}
const spawn = (pid: number, parent: number) => event(EventKind.Spawn, pid, parent);
const send = (pid: number, to: number) => event(EventKind.MessageSent, pid, to);
const more = (pid: number, to: number, value: number) => ({
  ...event(EventKind.MoreMessages, pid, to),
  value,
});
const park = (pid: number) => event(EventKind.Park, pid);
const exit = (pid: number) => event(EventKind.Exit, pid);

function rows(index: SequenceIndex): number[] {
  return Array.from({ length: index.count }, (_, row) => index.position(row));
}

describe("the rows of a sequence", () => {
  it("are messages, spawns and ends, with a lifeline for each process in the order of appearance", () => {
    const history = new History();
    history.apply({ events: [spawn(1, 0), park(1), spawn(5, 1), send(5, 3), exit(5)], dropped: 0 });
    const index = new SequenceIndex(history);
    expect(rows(index)).toEqual([0, 2, 3, 4]);
    expect(index.pids).toEqual([1, 5, 3]);
    expect([index.spawnedAt(5), index.endedAt(5), index.endedAt(1)]).toEqual([2, 4, undefined]);
  });

  it("grow with the run", () => {
    const history = new History();
    const index = new SequenceIndex(history);
    expect(index.count).toBe(0);
    for (let batch = 0; batch < 50; batch++) {
      history.apply({ events: Array.from({ length: 100 }, () => send(1, 2)), dropped: 0 });
      index.update();
    }
    expect(rows(index)).toEqual(Array.from({ length: 5_000 }, (_, position) => position));
  });

  it("are those of the wanted processes, whichever side they are on", () => {
    const history = new History();
    history.apply({ events: [send(1, 2), send(2, 3), send(3, 1), exit(2), exit(3)], dropped: 0 });
    const index = new SequenceIndex(history, (pid) => pid === 2);
    expect(rows(index)).toEqual([0, 1, 3]);
    expect(index.pids).toEqual([1, 2, 3]);
  });

  it("say once for all pairs how many messages were left out, until something is told again", () => {
    const history = new History();
    const index = new SequenceIndex(history);
    history.apply({ events: [send(1, 2), more(1, 2, 30), more(2, 1, 12)], dropped: 0 });
    index.update();
    history.apply({ events: [more(3, 1, 5), send(2, 1), more(1, 2, 7)], dropped: 0 });
    index.update();
    expect(rows(index)).toEqual([0, 1, 4, 5]);
    expect([index.leftOut(1), index.leftOut(5)]).toEqual([47, 7]);
  });

  it("count as left out only messages of wanted processes", () => {
    const history = new History();
    history.apply({ events: [more(1, 2, 30), more(3, 4, 12), more(3, 1, 5)], dropped: 0 });
    const index = new SequenceIndex(history, (pid) => pid === 1);
    expect([rows(index), index.leftOut(0)]).toEqual([[0], 35]);
  });

  it("are found by the position of a moment", () => {
    const history = new History();
    history.apply({ events: [send(1, 2), park(1), park(2), send(2, 1)], dropped: 0 });
    const index = new SequenceIndex(history);
    expect([0, 1, 3, 4].map((position) => index.rowAt(position))).toEqual([0, 1, 1, 2]);
  });

  it("are gone when the history forgets them", () => {
    const history = new History({ limitBytes: 100_000, eventsPerFrame: 500 });
    const index = new SequenceIndex(history);
    for (let batch = 0; batch < 100; batch++) {
      history.apply({ events: Array.from({ length: 100 }, () => send(1, 2)), dropped: 0 });
      index.update();
    }
    expect(history.first).toBeGreaterThan(0);
    expect(index.position(0)).toBe(history.first);
    expect(index.count).toBe(history.end - history.first);
  });
});
