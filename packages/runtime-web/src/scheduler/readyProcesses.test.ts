import { describe, expect, it } from "vitest";
import { Hold } from "./domain.ts";
import { ReadyProcesses } from "./readyProcesses.ts";
import { createBodies, createBody, createDomain } from "./testing/bodies.ts";
import type { WasmBody } from "./wasmBody.ts";

function setUp() {
  const ready = new ReadyProcesses();
  const [watched, other] = [createDomain(), createDomain()];
  const pause = () => {
    watched.hold(Hold.Paused);
    ready.setApart(watched);
  };
  const resume = () => {
    watched.letGo(Hold.Paused);
    ready.putBack(watched);
  };
  return { ready, watched, other, pause, resume };
}

/** Pids in the order of their turns, until nobody is left. */
function turns(ready: ReadyProcesses, hasIdleStack = false): number[] {
  const pids: number[] = [];
  for (let body = ready.take(hasIdleStack); body !== undefined; body = ready.take(hasIdleStack)) {
    pids.push(body.process.pid);
  }
  return pids;
}

const anyone = (): boolean => true;
const pidOf = (body: WasmBody | undefined) => body?.process.pid;

describe("ReadyProcesses", () => {
  it("gives turns in order, those at the front first, and nobody two", () => {
    const { ready, watched } = setUp();
    const [one, two, three] = createBodies(watched, 1, 2, 3);
    ready.push(one!);
    ready.push(two!);
    ready.push(one!);
    ready.pushFirst(three!);
    expect(turns(ready)).toEqual([3, 1, 2]);
  });

  it("lets those that wait for a stack pass everyone once there is one", () => {
    const { ready, watched } = setUp();
    const [one, two] = createBodies(watched, 1, 2);
    ready.awaitStack(one!);
    ready.push(two!);
    expect(pidOf(ready.take(false))).toBe(2);
    expect([ready.awaitingStack, ready.runnable]).toEqual([1, 0]);
    expect(pidOf(ready.take(true))).toBe(1);
  });
});

describe("a domain on hold", () => {
  it("gets no turn, while others go on", () => {
    const { ready, watched, other, pause } = setUp();
    for (const body of createBodies(watched, 1, 2)) ready.push(body);
    ready.push(createBody(other, 10));
    ready.awaitStack(createBody(watched, 3));
    pause();
    ready.push(createBody(watched, 4));
    ready.pushFirst(createBody(watched, 5));
    expect(turns(ready, true)).toEqual([10]);
    expect([watched.queued, ready.awaitingStack]).toEqual([0, 0]);
  });

  it("goes on in the order it would have had", () => {
    const { ready, watched, pause, resume } = setUp();
    for (const body of createBodies(watched, 1, 2, 3)) ready.push(body);
    pause();
    ready.push(createBody(watched, 4));
    ready.pushFirst(createBody(watched, 0));
    resume();
    ready.push(createBody(watched, 5));
    expect(watched.queued).toBe(6);
    expect(turns(ready)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(watched.queued).toBe(0);
  });

  it("is stepped in that order, too", () => {
    const { ready, watched, pause } = setUp();
    const [one, two] = createBodies(watched, 1, 2);
    ready.push(one!);
    ready.push(two!);
    pause();
    expect(pidOf(ready.takeHeld(watched, anyone))).toBe(1);
    ready.push(one!);
    expect(pidOf(ready.takeHeld(watched, anyone))).toBe(2);
    expect(pidOf(ready.takeHeld(watched, anyone))).toBe(1);
    expect(ready.takeHeld(watched, anyone)).toBeUndefined();
  });

  it("is stepped past processes for which there is no stack, and keeps them", () => {
    const { ready, watched, pause, resume } = setUp();
    for (const body of createBodies(watched, 1, 2, 3)) ready.push(body);
    pause();
    expect(pidOf(ready.takeHeld(watched, ({ process }) => process.pid === 2))).toBe(2);
    expect(ready.takeHeld(watched, () => false)).toBeUndefined();
    resume();
    expect(turns(ready)).toEqual([3, 1]);
  });

  it("lets a stopped process be unwound at once, and forgets its place in the line", () => {
    const { ready, watched, pause, resume } = setUp();
    const [one, two] = createBodies(watched, 1, 2);
    ready.push(one!);
    ready.push(two!);
    pause();
    one!.isStopped = true;
    ready.pushStopped(one!);
    expect(turns(ready)).toEqual([1]);
    expect(pidOf(ready.takeHeld(watched, anyone))).toBe(2);
    ready.push(two!);
    resume();
    expect(turns(ready)).toEqual([2]);
  });

  it("lets a waiting process that was stopped be unwound at once", () => {
    const { ready, watched, pause } = setUp();
    const body = createBody(watched, 1);
    pause();
    body.isStopped = true;
    ready.pushStopped(body);
    expect(turns(ready)).toEqual([1]);
  });
});

describe("processes that have not started", () => {
  it("are listed in order, without those that have, that ended, or that are on hold", () => {
    const { ready, watched, other, pause } = setUp();
    const [one, started, stopped, four] = createBodies(other, 1, 2, 3, 4);
    started!.hasStarted = true;
    stopped!.isStopped = true;
    for (const body of [one!, started!, stopped!]) ready.push(body);
    ready.push(createBody(watched, 5));
    ready.awaitStack(four!);
    pause();
    expect([...ready.unstarted()].map(pidOf)).toEqual([1, 4]);
  });
});
