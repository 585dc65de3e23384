import { EventKind, type InspectionEvent, ParkReason, SystemModel } from "@lunatic-web/runtime/inspect";
import { expect, it } from "vitest";
import { describeStep } from "./describeStep.ts";

let sequence = 0;
function event(kind: EventKind, pid: number, fields: Partial<InspectionEvent> = {}): InspectionEvent {
  sequence++;
  return {
    sequence,
    timeMs: 0,
    executor: 0,
    environment: 1,
    kind,
    pid,
    other: 0,
    tag: 0n,
    value: 0,
    ...fields,
  };
}

function modelOf(events: readonly InspectionEvent[]): SystemModel {
  const model = new SystemModel();
  model.apply({ events, dropped: 0 });
  return model;
}

const spawns = [
  event(EventKind.Spawn, 1, { text: "main" }),
  event(EventKind.Spawn, 2, { other: 1, text: "worker" }),
];

it("a step is told by what its process did, in order", () => {
  const events = [
    event(EventKind.MessageTaken, 1, { other: 2, tag: 5n }),
    event(EventKind.Spawn, 3, { other: 1, text: "worker" }),
    event(EventKind.MessageSent, 1, { other: 3, value: 8 }),
    event(EventKind.Park, 1, { value: ParkReason.Receive }),
  ];
  const told = describeStep(1, events, modelOf([...spawns, ...events]));
  expect(told).toEqual({
    who: "1 main",
    deeds: [
      "took a message of 2 worker (tag 5)",
      "spawned 3 worker",
      "sent 8 B to 3 worker",
      "waits for a message",
    ],
  });
});

it("what others do meanwhile is left out, but for their ends", () => {
  const events = [
    event(EventKind.MessageQueued, 2, { other: 1 }),
    event(EventKind.Wake, 2),
    event(EventKind.Exit, 2),
    event(EventKind.Exit, 1),
  ];
  expect(describeStep(1, events, modelOf(spawns)).deeds).toEqual(["2 worker ended", "ended"]);
});

it("of a thousand messages in one slice the first are told, and how many more there are", () => {
  const events = Array.from({ length: 1_000 }, () => event(EventKind.MessageSent, 1, { other: 2, value: 4 }));
  const { deeds } = describeStep(1, events, modelOf(spawns));
  expect(deeds).toEqual([...Array<string>(4).fill("sent 4 B to 2 worker"), "and 996 more"]);
});
