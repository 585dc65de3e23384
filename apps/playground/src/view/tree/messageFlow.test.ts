import { EventKind, type InspectionEvent } from "@lunatic-web/runtime/inspect";
import { describe, expect, it } from "vitest";
import { MessageFlow } from "./messageFlow.ts";

function send(pid: number, other: number): InspectionEvent {
  return {
    sequence: 1,
    timeMs: 0,
    executor: 0,
    environment: 1,
    kind: EventKind.MessageSent,
    pid,
    other,
    tag: 0n,
    value: 0,
  };
}
const itself = (pid: number) => pid;

describe("message marks", () => {
  it("travel one per message while there are few, and are gone when they have arrived", () => {
    const flow = new MessageFlow();
    flow.add([send(1, 2), send(2, 1), { ...send(1, 2), kind: EventKind.MessageTaken }]);
    expect(flow.advance(1_000, itself)).toBe(true);
    expect(flow.marks.map(({ flow: { from, to }, count }) => [from, to, count])).toEqual([
      [1, 2, 1],
      [2, 1, 1],
    ]);
    flow.advance(1_000 + flow.travelMs, itself);
    expect(flow.marks).toEqual([]);
    expect(flow.advance(2_000 + flow.traceMs, itself)).toBe(false);
  });

  it("travel as slowly as the run goes, and a slice is under way until the next", () => {
    const flow = new MessageFlow();
    const quickMs = flow.travelMs;
    flow.follow({ state: "slow", slicesPerSecond: 1 });
    flow.add([send(1, 2)]);
    flow.advance(1_000, itself);
    expect(flow.travelMs).toBeGreaterThan(quickMs);
    flow.advance(1_000 + quickMs, itself);
    expect(flow.marks.length).toBe(1);
    flow.advance(2_000, itself);
    expect(flow.marks).toEqual([]);
    flow.follow({ state: "slow", slicesPerSecond: 500 });
    expect(flow.travelMs).toBe(quickMs);
  });

  it("of a step stay where they arrived until the next step, without drawing frames meanwhile", () => {
    const flow = new MessageFlow();
    flow.follow({ state: "paused", slicesPerSecond: undefined });
    flow.add([send(1, 2)]);
    expect(flow.advance(1_000, itself)).toBe(true);
    expect(flow.advance(60_000, itself), "nothing moves any more").toBe(false);
    expect(flow.marks.map(({ flow: { from, to } }) => [from, to])).toEqual([[1, 2]]);
    expect(flow.age(flow.marks[0]!.flow, 60_000)).toBe(0);
    flow.add([{ ...send(2, 0), kind: EventKind.Park }]);
    expect(flow.advance(61_000, itself)).toBe(false);
    expect([flow.marks, flow.flows.size]).toEqual([[], 0]);
  });

  it("of a run that goes on again are gone when they have arrived", () => {
    const flow = new MessageFlow();
    flow.follow({ state: "paused", slicesPerSecond: undefined });
    flow.add([send(1, 2)]);
    flow.advance(1_000, itself);
    flow.follow(undefined);
    flow.advance(60_000, itself);
    expect(flow.marks).toEqual([]);
  });

  it("carry also the messages that were left out of what is told one by one", () => {
    const flow = new MessageFlow();
    flow.add([send(1, 2), { ...send(1, 2), kind: EventKind.MoreMessages, value: 41 }]);
    flow.advance(1_000, itself);
    expect(flow.marks.map(({ count }) => count)).toEqual([42]);
  });

  it("carry the messages that come too fast to be seen one by one, and lose none", () => {
    const flow = new MessageFlow();
    let counted = 0;
    const marks = new Set<unknown>();
    for (let frame = 0; frame < 60; frame++) {
      flow.add(Array.from({ length: 100 }, () => send(1, 2)));
      flow.advance(1_000 + frame * 16, itself);
      for (const mark of flow.marks) {
        if (!marks.has(mark)) counted += mark.count;
        marks.add(mark);
      }
      expect(flow.marks.length).toBeLessThan(10);
    }
    const waiting = [...flow.flows.values()].reduce((sum, each) => sum + each.waiting, 0);
    expect(counted + waiting).toBe(6_000);
  });

  it("stay below their budget when ten thousand processes talk: crowds speak with one voice", () => {
    const flow = new MessageFlow();
    const nodeOf = (pid: number) => (pid === 1 ? "root" : "crowd");
    for (let frame = 0; frame < 30; frame++) {
      flow.add(Array.from({ length: 10_000 }, (_, index) => send(index + 2, 1)));
      flow.advance(1_000 + frame * 16, nodeOf);
    }
    expect(flow.flows.size).toBe(1);
    expect(flow.marks.length).toBeLessThan(20);
    expect([...flow.flows.values()][0]!.isWhole).toBe(true);
  });

  it("are not made for processes that are not in the picture", () => {
    const flow = new MessageFlow();
    flow.add([send(1, 2)]);
    expect(flow.advance(1_000, (pid) => (pid === 1 ? 1 : undefined))).toBe(false);
  });
});
