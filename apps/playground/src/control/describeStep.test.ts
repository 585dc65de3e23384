import { EventKind, type InspectionEvent, ParkReason, SystemModel } from "@lunatic-web/runtime/inspect";
import { expect, it } from "vitest";
import { createEvent } from "../view/testing/event.ts";
import { describeStep } from "./describeStep.ts";

function modelOf(events: readonly InspectionEvent[]): SystemModel {
  const model = new SystemModel();
  model.apply({ events, dropped: 0 });
  return model;
}

const spawns = [
  createEvent(EventKind.Spawn, 1, { text: "main" }),
  createEvent(EventKind.Spawn, 2, { other: 1, text: "worker" }),
];

it("a step is told by what its process did, in order", () => {
  const events = [
    createEvent(EventKind.MessageTaken, 1, { other: 2, tag: 5n }),
    createEvent(EventKind.Spawn, 3, { other: 1, text: "worker" }),
    createEvent(EventKind.MessageSent, 1, { other: 3, value: 8 }),
    createEvent(EventKind.Park, 1, { value: ParkReason.Receive }),
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
    createEvent(EventKind.MessageQueued, 2, { other: 1 }),
    createEvent(EventKind.Wake, 2),
    createEvent(EventKind.Exit, 2),
    createEvent(EventKind.Exit, 1),
  ];
  expect(describeStep(1, events, modelOf(spawns)).deeds).toEqual(["2 worker ended", "ended"]);
});

it("of a thousand messages in one slice the first are told, and how many more there are", () => {
  const events = Array.from({ length: 1_000 }, () =>
    createEvent(EventKind.MessageSent, 1, { other: 2, value: 4 }),
  );
  const { deeds } = describeStep(1, events, modelOf(spawns));
  expect(deeds).toEqual([...Array<string>(4).fill("sent 4 B to 2 worker"), "and 996 more"]);
});
