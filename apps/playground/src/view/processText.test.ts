import { EventKind, type InspectionEvent, ParkReason, SystemModel } from "@lunatic-web/runtime/inspect";
import { expect, it } from "vitest";
import { describeState, explainState, nameProcess, shortenName } from "./processText.ts";

/** Process 1 after these events. */
function processAfter(...steps: readonly (readonly [EventKind, Partial<InspectionEvent>?])[]) {
  const model = new SystemModel();
  const events = steps.map(([kind, fields], index) => ({
    sequence: index + 1,
    timeMs: index,
    executor: 0,
    environment: 1,
    kind,
    pid: 1,
    other: 0,
    tag: 0n,
    value: 0,
    ...fields,
  }));
  model.apply({ events, dropped: 0 });
  return model.process(1)!;
}

const spawn = [EventKind.Spawn, { text: "main" }] as const;

it.each(Object.entries(ParkReason))("a wait of kind %s is explained in words", (_, reason) => {
  const process = processAfter(spawn, [EventKind.Park, { value: reason }]);
  expect(explainState(process)).toMatch(/^[a-z ]{7,}$/);
  expect(describeState(process)).not.toBe("");
});

it("a receive says which tag it waits for, and how many more", () => {
  const waiting = (other: number) =>
    explainState(processAfter(spawn, [EventKind.Park, { value: ParkReason.Receive, other, tag: 130n }]));
  expect([0, 1, 2, 4].map(waiting)).toEqual([
    "waiting for a message",
    "waiting for a message with tag 130",
    "waiting for a message with tag 130 or 1 other",
    "waiting for a message with tag 130 or 3 others",
  ]);
});

it("an end is told with its cause, and a trapped process as trapped", () => {
  const ended = processAfter(spawn, [EventKind.Exit, { value: 1, text: "its entry function returned" }]);
  expect(explainState(ended)).toBe("ended: its entry function returned");
  expect(describeState(ended)).toBe("ended");
  const trapped = processAfter(
    spawn,
    [EventKind.Trap, { text: "unreachable" }],
    [EventKind.Exit, { value: 3 }],
  );
  expect(describeState(trapped)).toBe("trapped");
});

it("a process is named by its registry name, else by what it runs, else by its pid alone", () => {
  expect(nameProcess(processAfter([EventKind.Start]))).toBe("1");
  expect(nameProcess(processAfter(spawn))).toBe("1 main");
  expect(nameProcess(processAfter(spawn, [EventKind.NameRegistered, { text: "clock" }]))).toBe("1 clock");
});

it.each([
  ["counter/bank::Bank+lunatic::serializer::Bincode", "counter"],
  ["bank::Bank/lunatic::ap::Config<bank::Bank>", "bank::Bank"],
  ["a/b/c::D", "a/b"],
  ["rooms/lobby", "rooms/lobby"],
  ["plain", "plain"],
  ["", ""],
])("the registry name %j is shown as %j", (name, shown) => {
  expect(shortenName(name)).toBe(shown);
});
