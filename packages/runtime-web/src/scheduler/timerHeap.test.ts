import { describe, expect, it } from "vitest";
import { ManualPlatform } from "./testing/manualPlatform.ts";
import { TimerHeap } from "./timerHeap.ts";

function setUp(): { platform: ManualPlatform; timers: TimerHeap; fired: string[]; kicks: () => number } {
  const platform = new ManualPlatform();
  let kicks = 0;
  const timers: TimerHeap = new TimerHeap(platform, () => {
    timers.fireDue();
    kicks++;
  });
  return { platform, timers, fired: [], kicks: () => kicks };
}

describe("TimerHeap", () => {
  it("fires by deadline, and in order of creation where deadlines are equal", () => {
    const { platform, timers, fired } = setUp();
    for (const [name, at] of [
      ["c", 30],
      ["a", 10],
      ["d", 30],
      ["b", 20],
    ] as const) {
      timers.schedule(at, () => fired.push(name));
    }
    platform.advanceTo(9);
    expect(fired).toEqual([]);
    platform.advanceTo(100);
    expect(fired).toEqual(["a", "b", "c", "d"]);
    expect(timers.pending).toBe(0);
  });

  it("never fires a cancelled timer, and arms the platform for the next one instead", () => {
    const { platform, timers, fired } = setUp();
    const first = timers.schedule(10, () => fired.push("first"));
    timers.schedule(50, () => fired.push("second"));
    timers.cancel(first);
    timers.cancel(first);
    platform.advanceTo(49);
    expect(fired).toEqual([]);
    platform.advanceTo(50);
    expect(fired).toEqual(["second"]);
  });

  it("waits for deadlines further away than a browser timer reaches", () => {
    const { platform, timers, fired } = setUp();
    const century = 100 * 365 * 86_400_000;
    timers.schedule(century, () => fired.push("late"));
    platform.advanceTo(century - 1);
    expect(fired).toEqual([]);
    platform.advanceTo(century);
    expect(fired).toEqual(["late"]);
  });

  it("stays small when thousands of timeouts are cancelled, as receives with timeouts do", () => {
    const { platform, timers, fired } = setUp();
    timers.schedule(5, () => fired.push("kept"));
    for (let index = 0; index < 10_000; index++)
      timers.cancel(timers.schedule(1000 + index, () => fired.push("no")));
    expect(timers.pending).toBe(1);
    platform.advanceTo(20_000);
    expect(fired).toEqual(["kept"]);
  });

  it("lets a firing timer schedule another one that is due at once", () => {
    const { platform, timers, fired, kicks } = setUp();
    timers.schedule(10, () => {
      fired.push("outer");
      timers.schedule(10, () => fired.push("inner"));
    });
    platform.advanceTo(10);
    expect(fired).toEqual(["outer", "inner"]);
    expect(kicks()).toBeGreaterThan(0);
  });

  it("arms nothing while it is stopped, fires what is due when asked, and waits for the rest once started", () => {
    const { platform, timers, fired } = setUp();
    timers.schedule(10, () => fired.push("first"));
    timers.stop();
    timers.schedule(20, () => fired.push("second"));
    platform.advanceTo(15);
    expect([fired, platform.armed]).toEqual([[], undefined]);
    timers.fireDue();
    expect(fired).toEqual(["first"]);
    expect(timers.nextDeadlineMs).toBe(20);
    timers.start();
    platform.advanceTo(20);
    expect(fired).toEqual(["first", "second"]);
  });

  it("tells the next deadline without those that were cancelled", () => {
    const { timers } = setUp();
    const first = timers.schedule(10, () => {});
    timers.schedule(30, () => {});
    timers.cancel(first);
    expect(timers.nextDeadlineMs).toBe(30);
  });
});
