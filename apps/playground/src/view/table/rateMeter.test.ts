import { EventKind, type InspectionEvent, SystemModel } from "@lunatic-web/runtime/inspect";
import { expect, it } from "vitest";
import { RateMeter } from "./rateMeter.ts";

let sequence = 0;
function apply(model: SystemModel, kind: EventKind, fields: Partial<InspectionEvent>): void {
  sequence++;
  const event = {
    sequence,
    timeMs: 0,
    executor: 0,
    environment: 1,
    kind,
    pid: 1,
    other: 0,
    tag: 0n,
    value: 0,
  };
  model.apply({ events: [{ ...event, ...fields }], dropped: 0 });
}

it("rates are the messages between two samples per second of the run", () => {
  const model = new SystemModel();
  const meter = new RateMeter();
  const counted = (received: number, sent: number, depth: number) =>
    apply(model, EventKind.MailboxSample, { value: depth, other: received, tag: BigInt(sent) });
  counted(1_000, 10, 0);
  meter.update(model, 0);
  expect(meter.receivedPerSecond(1), "nothing to compare with").toBe(0);
  counted(1_100, 15, 3);
  meter.update(model, 300);
  expect(meter.receivedPerSecond(1), "not due").toBe(0);
  meter.update(model, 500);
  expect([meter.receivedPerSecond(1), meter.sentPerSecond(1)]).toEqual([200, 10]);
  expect(meter.depths(1)).toEqual([3]);
  meter.update(model, 1_500);
  expect([meter.receivedPerSecond(1), meter.depths(1)]).toEqual([0, [3, 3]]);
});

it("a leap back in time begins anew, and what has ended is let go", () => {
  const model = new SystemModel();
  const meter = new RateMeter();
  apply(model, EventKind.MailboxSample, { other: 10, value: 2 });
  meter.update(model, 5_000);
  apply(model, EventKind.MailboxSample, { other: 20, value: 2 });
  meter.update(model, 1_000);
  expect([meter.receivedPerSecond(1), meter.depths(1)]).toEqual([0, [2]]);
  apply(model, EventKind.Exit, { value: 1, text: "returned" });
  meter.update(model, 2_000);
  expect(meter.depths(1)).toEqual([]);
});
