import { EventKind, type InspectionEvent, ParkReason, SystemModel } from "@lunatic-web/runtime/inspect";
import { expect, it } from "vitest";
import { describeNode } from "./describeNode.ts";
import { TreeStructure } from "./structure.ts";

let sequence = 0;
function event(kind: EventKind, pid: number, fields: Partial<InspectionEvent> = {}): InspectionEvent {
  sequence++;
  const plain = { sequence, timeMs: 0, executor: 0, environment: 1, other: 0, tag: 0n, value: 0 };
  return { ...plain, kind, pid, ...fields };
}

it("a process is told with its state, its place and whom it is tied to", () => {
  const model = new SystemModel();
  const events = [
    event(EventKind.Spawn, 1, { text: "main" }),
    event(EventKind.Spawn, 2, { other: 1, text: "worker" }),
    event(EventKind.Start, 2),
    event(EventKind.Park, 2, { value: ParkReason.Receive }),
    event(EventKind.Link, 2, { other: 1 }),
    event(EventKind.Monitor, 2, { other: 9 }),
    event(EventKind.MessageQueued, 2, { value: 3 }),
  ];
  model.apply({ events, dropped: 0 });
  const structure = new TreeStructure();
  structure.update(model, { showEnded: true, shownMs: 0 });
  expect(describeNode(model, structure, 2)).toBe(
    "Process 2 worker, waiting for a message, child of 1 main, linked to 1, monitors 9, 3 messages wait.",
  );
  expect(describeNode(model, structure, 1)).toBe(
    "Process 1 main, waiting for its start, root, 1 child in the tree.",
  );
  expect(describeNode(model, structure, 77)).toBe("Process 77 is no longer kept.");
});
