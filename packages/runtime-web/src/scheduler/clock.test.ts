import { describe, expect, it } from "vitest";
import { INSTRUCTIONS_PER_VIRTUAL_MS, LiveClock, VirtualClock } from "./clock.ts";

describe("LiveClock", () => {
  it("leaves out the time during which it stood still", () => {
    let realMs = 100;
    const clock = new LiveClock(() => realMs);
    clock.stop();
    realMs = 5_000;
    expect(clock.nowMs()).toBe(100);
    clock.start();
    realMs = 5_007;
    expect(clock.nowMs()).toBe(107);
  });

  it("jumps forward while it stands still, never back, and goes on from there", () => {
    let realMs = 10;
    const clock = new LiveClock(() => realMs);
    clock.stop();
    clock.advanceTo(1_000);
    clock.advanceTo(500);
    expect(clock.nowMs()).toBe(1_000);
    realMs = 60;
    clock.start();
    realMs = 61;
    expect(clock.nowMs()).toBe(1_001);
  });

  it("cannot be moved while it runs", () => {
    const clock = new LiveClock(() => 5);
    clock.advanceTo(1_000);
    clock.start();
    expect(clock.nowMs()).toBe(5);
  });

  it("stands at the first stop when it is stopped twice", () => {
    let realMs = 1;
    const clock = new LiveClock(() => realMs);
    clock.stop();
    realMs = 9;
    clock.stop();
    expect(clock.nowMs()).toBe(1);
  });
});

describe("VirtualClock", () => {
  it("starts at zero and moves by instructions only", () => {
    const clock = new VirtualClock();
    clock.stop();
    clock.start();
    expect(clock.nowMs()).toBe(0);
    clock.spend(INSTRUCTIONS_PER_VIRTUAL_MS * 3);
    expect(clock.nowMs()).toBe(3);
  });

  it("stands exactly at the moment it jumps to, whatever was spent before", () => {
    const clock = new VirtualClock();
    for (let i = 0; i < 1_000; i++) clock.spend(1 + (i % 7));
    clock.advanceTo(50);
    expect(clock.nowMs()).toBe(50);
    clock.advanceTo(49);
    expect(clock.nowMs()).toBe(50);
  });
});
