import { describe, expect, it } from "vitest";
import { type Clock, LiveClock, VirtualClock } from "./clock.ts";
import { EventClock } from "./eventClock.ts";
import { WorkMeter } from "./workMeter.ts";

/** A guest that executes what a test says, and a clock that moves when a test says so. */
function createThread(clockOf: (nowMs: () => number) => Clock = (nowMs) => new LiveClock(nowMs)) {
  const thread = {
    ms: 0,
    reads: 0,
    meter: new WorkMeter(),
    worker: { fuelUsed: 0, executed: 0 },
    execute(instructions: number): void {
      thread.worker.executed += instructions;
    },
    /** It gives the thread up. */
    settle(): void {
      thread.worker.fuelUsed = thread.worker.executed;
      thread.meter.end();
    },
  };
  const clock = clockOf(() => {
    thread.reads++;
    return thread.ms;
  });
  return { thread, clock, events: new EventClock(clock, thread.meter) };
}

describe("EventClock", () => {
  it("looks at the clock once for events between which a guest does little", () => {
    const { thread, events } = createThread();
    thread.meter.begin(thread.worker);
    thread.ms = 1;
    for (let i = 0; i < 100; i++) {
      expect(events.nowMs()).toBe(1);
      thread.execute(10);
    }
    expect(thread.reads).toBe(1);
  });

  it("looks again when the guest has worked in between, however long its slice is", () => {
    const { thread, events } = createThread();
    thread.meter.begin(thread.worker);
    events.nowMs();
    for (let ms = 1; ms <= 5; ms++) {
      thread.execute(1_000_000);
      thread.ms = ms;
      expect(events.nowMs()).toBe(ms);
    }
  });

  it("keeps a time over short slices of several guests, and not for ever", () => {
    const { thread, events } = createThread();
    for (let slice = 0; slice < 1_000; slice++) {
      thread.ms = slice;
      thread.meter.begin(thread.worker);
      expect(slice - events.nowMs()).toBeLessThan(50);
      thread.execute(100);
      thread.settle();
    }
    expect(thread.reads).toBeLessThan(100);
  });

  it("counts what guests of other environments did meanwhile", () => {
    const { thread, events } = createThread();
    thread.meter.begin(thread.worker);
    events.nowMs();
    thread.settle();
    const other = { fuelUsed: 7, executed: 7 };
    thread.meter.begin(other);
    other.executed += 1_000_000;
    other.fuelUsed = other.executed;
    thread.meter.end();
    thread.ms = 3;
    thread.meter.begin(thread.worker);
    expect(events.nowMs()).toBe(3);
  });

  it("looks each time while no guest runs, and first thing after that", () => {
    const { thread, events } = createThread();
    thread.meter.begin(thread.worker);
    events.nowMs();
    thread.settle();
    for (thread.ms = 1; thread.ms < 5; thread.ms++) expect(events.nowMs()).toBe(thread.ms);
    thread.meter.begin(thread.worker);
    expect(events.nowMs()).toBe(5);
  });

  it("looks again after the event loop has had its turn", () => {
    const { thread, events } = createThread();
    thread.meter.begin(thread.worker);
    events.nowMs();
    thread.settle();
    thread.meter.pause();
    thread.ms = 40;
    thread.meter.begin(thread.worker);
    expect(events.nowMs()).toBe(40);
  });

  it("tells virtual time exactly", () => {
    const { thread, clock, events } = createThread(() => new VirtualClock());
    thread.meter.begin(thread.worker);
    for (let i = 0; i < 10; i++) {
      clock.spend(1_000);
      expect(events.nowMs()).toBe(clock.nowMs());
    }
  });
});
