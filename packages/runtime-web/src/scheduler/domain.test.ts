import { describe, expect, it } from "vitest";
import type { EnvironmentId } from "../kernel/ids.ts";
import { INSTRUCTIONS_PER_VIRTUAL_MS, LiveClock, VirtualClock } from "./clock.ts";
import { Domain, Hold } from "./domain.ts";
import { Domains } from "./domains.ts";
import { TIMER_GRACE_FUEL, TIMER_GRACE_MS } from "./policy.ts";
import { createDomain } from "./testing/bodies.ts";
import { ManualPlatform } from "./testing/manualPlatform.ts";
import { WorkMeter } from "./workMeter.ts";

describe("a paused domain", () => {
  it("keeps its time and its timers where they are", () => {
    const platform = new ManualPlatform();
    const domain = createDomain(platform);
    const fired: number[] = [];
    domain.timers.schedule(10, () => fired.push(domain.clock.nowMs()));
    platform.advanceTo(4);
    domain.hold(Hold.Paused);
    platform.advanceTo(1_000);
    domain.fireDue();
    expect([domain.clock.nowMs(), fired, domain.isOpen]).toEqual([4, [], false]);
    domain.letGo(Hold.Paused);
    platform.advanceTo(1_005);
    expect(fired).toEqual([]);
    platform.advanceTo(1_006);
    expect(fired).toEqual([10]);
  });

  it("fires the timers that a jump of its clock makes due, in order", () => {
    const domain = createDomain();
    const fired: string[] = [];
    domain.timers.schedule(20, () => fired.push("later"));
    domain.timers.schedule(10, () => fired.push("sooner"));
    domain.timers.schedule(21, () => fired.push("not yet"));
    domain.hold(Hold.Paused);
    domain.advanceTo(20);
    expect([fired, domain.clock.nowMs()]).toEqual([["sooner", "later"], 20]);
  });

  it("is open only when nothing holds it any more", () => {
    const domain = createDomain();
    domain.hold(Hold.Paused);
    domain.hold(Hold.AwaitingHost);
    domain.letGo(Hold.Paused);
    expect(domain.isOpen).toBe(false);
    domain.letGo(Hold.AwaitingHost);
    expect(domain.isOpen).toBe(true);
  });

  it("calls back when the host is done, at once where it does nothing", () => {
    const domain = createDomain();
    const calls: string[] = [];
    domain.whenHostIsDone(() => calls.push("at once"));
    domain.hold(Hold.AwaitingHost);
    domain.whenHostIsDone(() => calls.push("later"));
    expect(calls).toEqual(["at once"]);
    domain.letGo(Hold.AwaitingHost);
    expect(calls).toEqual(["at once", "later"]);
  });

  it("calls back only when both the host and the page are done", () => {
    const domain = createDomain();
    const calls: string[] = [];
    domain.hold(Hold.AwaitingHost);
    domain.hold(Hold.AwaitingPage);
    domain.whenHostIsDone(() => calls.push("done"));
    domain.letGo(Hold.AwaitingHost);
    expect([calls, domain.isOpen]).toEqual([[], false]);
    domain.letGo(Hold.AwaitingPage);
    expect([calls, domain.isOpen]).toEqual([["done"], true]);
  });
});

describe("a timer that becomes due while work of its environment is under way", () => {
  function busyDomain() {
    const platform = new ManualPlatform();
    const domain = createDomain(platform);
    const fired: string[] = [];
    domain.timers.schedule(10, () => fired.push("tick"));
    domain.queued = 1;
    platform.advanceTo(12);
    return { platform, domain, fired };
  }

  it("lets it go first, and fires when nothing of it is left", () => {
    const { domain, fired } = busyDomain();
    domain.fireDue();
    domain.spend(1_000);
    domain.fireDue();
    expect(fired).toEqual([]);
    domain.queued = 0;
    domain.fireLate();
    expect(fired).toEqual(["tick"]);
  });

  it("waits for a slice of it and no more", () => {
    const { domain, fired } = busyDomain();
    domain.spend(TIMER_GRACE_FUEL - 1);
    domain.fireDue();
    expect(fired).toEqual([]);
    domain.spend(1);
    domain.fireDue();
    expect(fired).toEqual(["tick"]);
  });

  it("waits for a while and no longer, however little is done in it", () => {
    const { platform, domain, fired } = busyDomain();
    platform.advanceTo(10 + TIMER_GRACE_MS);
    domain.fireDue();
    expect(fired).toEqual(["tick"]);
  });

  it("counts anew for the next timer", () => {
    const { platform, domain, fired } = busyDomain();
    domain.spend(TIMER_GRACE_FUEL);
    domain.fireDue();
    domain.timers.schedule(20, () => fired.push("tock"));
    platform.advanceTo(25);
    domain.fireDue();
    expect(fired).toEqual(["tick"]);
  });
});

function virtualDomain(onSample?: () => void) {
  const platform = new ManualPlatform();
  const clock = new VirtualClock();
  const domain = new Domain({
    platform,
    clock,
    work: new WorkMeter(),
    sliceFuel: 1,
    onTimer: () => {},
    onSample,
  });
  return { platform, clock, domain };
}

describe("a domain on virtual time", () => {
  it("arms no timer of the platform, and takes no notice of real time", () => {
    const { platform, domain } = virtualDomain();
    const fired: string[] = [];
    domain.timers.schedule(0, () => fired.push("due at once"));
    platform.advanceTo(1_000_000);
    domain.fireDue();
    expect([platform.armed, fired, domain.clock.nowMs()]).toEqual([undefined, [], 0]);
  });

  it("fires, after a process has run, what its instructions made due", () => {
    const { clock, domain } = virtualDomain();
    const fired: string[] = [];
    domain.timers.schedule(2, () => fired.push("tick"));
    clock.spend(2 * INSTRUCTIONS_PER_VIRTUAL_MS - 1);
    domain.hasRun();
    expect(fired).toEqual([]);
    clock.spend(1);
    domain.hasRun();
    expect(fired).toEqual(["tick"]);
  });

  it("is sampled about thirty times in a virtual second, and once for a long jump", () => {
    let samples = 0;
    const { clock, domain } = virtualDomain(() => samples++);
    for (let ms = 0; ms < 1_000; ms++) {
      clock.spend(INSTRUCTIONS_PER_VIRTUAL_MS);
      domain.hasRun();
    }
    expect(samples).toBe(30);
    domain.advanceTo(1_000_000);
    expect(samples).toBe(31);
  });
});

describe("Domains", () => {
  const id = (value: number) => value as EnvironmentId;

  function open(domains: Domains, value: number, isVirtual: boolean): Domain {
    const clock = isVirtual ? new VirtualClock() : new LiveClock(() => 0);
    return domains.open(id(value), { clock, sliceFuel: 1 });
  }

  it("skip the waits of virtual time where no process can run, and of no other", () => {
    const domains = new Domains(new ManualPlatform(), () => {});
    const fired: string[] = [];
    const [virtual, busy, paused, live] = [
      open(domains, 1, true),
      open(domains, 2, true),
      open(domains, 3, true),
      open(domains, 4, false),
    ];
    virtual.timers.schedule(5_000, () => fired.push("virtual"));
    virtual.timers.schedule(9_000, () => fired.push("virtual, later"));
    busy.timers.schedule(5_000, () => fired.push("busy"));
    busy.queued = 1;
    paused.timers.schedule(5_000, () => fired.push("paused"));
    paused.hold(Hold.Paused);
    live.timers.schedule(5_000, () => fired.push("live"));
    domains.skipWaits();
    expect([fired, virtual.clock.nowMs()]).toEqual([["virtual"], 5_000]);
  });

  it("are idle when neither a timer nor a hold keeps any process from running", () => {
    const domains = new Domains(new ManualPlatform(), () => {});
    const domain = open(domains, 1, false);
    expect(domains.isIdle).toBe(true);
    domain.hold(Hold.Paused);
    expect(domains.isIdle).toBe(false);
    domain.letGo(Hold.Paused);
    domain.timers.schedule(5, () => {});
    expect(domains.isIdle).toBe(false);
    domains.close(id(1));
    expect([domains.isIdle, domains.get(id(1))]).toEqual([true, undefined]);
  });
});
