import { EventKind, History, type InspectionEvent } from "@lunatic-web/runtime/inspect";
import { describe, expect, it } from "vitest";
import { describeFor, processHistory } from "./processHistory.ts";

let sequence = 0;
function event(kind: EventKind, pid: number, fields: Partial<InspectionEvent> = {}): InspectionEvent {
  sequence++;
  const plain = { sequence, timeMs: sequence, executor: 0, environment: 1, other: 0, tag: 0n, value: 0 };
  return { ...plain, kind, pid, ...fields };
}

function historyOf(...events: InspectionEvent[]): History {
  const history = new History({ eventsPerFrame: 3 });
  for (const each of events) history.apply({ events: [each], dropped: 0 });
  return history;
}

describe("the history of a process", () => {
  const history = historyOf(
    event(EventKind.Spawn, 1),
    event(EventKind.Spawn, 2, { other: 1 }),
    event(EventKind.Start, 2, { value: 65_536 }),
    event(EventKind.Wake, 2),
    event(EventKind.MessageSent, 1, { other: 2, tag: 7n, value: 16 }),
    event(EventKind.MessageQueued, 2, { other: 1 }),
    event(EventKind.MessageTaken, 2, { other: 1, tag: 7n }),
    event(EventKind.Spawn, 3, { other: 2 }),
    event(EventKind.MessageSent, 3, { other: 1 }),
    event(EventKind.Exit, 2, { value: 1, text: "returned" }),
  );
  const texts = (position: number, most = 10) =>
    processHistory(history, position, 2, most).map((entry) => describeFor(2, entry.event));

  it("tells what it did and what was done to it, the latest first", () => {
    expect(texts(history.end)).toEqual([
      "ended: returned",
      "spawned 3",
      "took a message, tag 7",
      "← 1 tag 7, 16 bytes",
      "started with 65536 bytes of memory",
      "spawned by 1",
    ]);
  });

  it("looks back from a moment, and not further than asked", () => {
    expect(texts(6)).toEqual(["← 1 tag 7, 16 bytes", "started with 65536 bytes of memory", "spawned by 1"]);
    expect(texts(history.end, 2)).toEqual(["ended: returned", "spawned 3"]);
  });
});
