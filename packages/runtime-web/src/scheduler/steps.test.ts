import { describe, expect, it } from "vitest";
import { Hold } from "./domain.ts";
import { ReadyProcesses } from "./readyProcesses.ts";
import { Steps } from "./steps.ts";
import { createBody, createDomain } from "./testing/bodies.ts";

function setUp() {
  const ready = new ReadyProcesses();
  const domain = createDomain();
  domain.hold(Hold.Paused);
  const told: (number | undefined)[] = [];
  const steps = new Steps(ready, () => true);
  return { ready, domain, steps, told, done: (ran?: { pid: number }) => told.push(ran?.pid) };
}

describe("Steps", () => {
  it("tells the end of the slice that was asked for, not that of another process", () => {
    const { ready, domain, steps, told, done } = setUp();
    const body = createBody(domain, 1);
    ready.push(body);
    steps.ask(domain, done);
    expect(steps.areAsked).toBe(true);
    expect(steps.begin()).toBe(body);
    steps.sliceEnded(createBody(createDomain(), 9));
    expect(told).toEqual([]);
    steps.sliceEnded(body);
    steps.sliceEnded(body);
    expect([told, steps.areAsked]).toEqual([[1], false]);
  });

  it("tells at once that nothing can run", () => {
    const { domain, steps, told, done } = setUp();
    steps.ask(domain, done);
    expect(steps.begin()).toBeUndefined();
    expect(told).toEqual([undefined]);
  });

  it("runs nothing of a domain whose root has ended", () => {
    const { ready, domain, steps, told, done } = setUp();
    ready.push(createBody(domain, 1));
    domain.hold(Hold.Ended);
    steps.ask(domain, done);
    expect(steps.begin()).toBeUndefined();
    expect(told).toEqual([undefined]);
  });
});
