import { describe, expect, test } from "vitest";
import { GuestTrap } from "../../kernel/guestTrap.ts";
import { type Guest, Host } from "../testing/guest.ts";

function prepare(guest: Guest, text: string): void {
  guest.call("message::create_data", 6n, 0n);
  guest.call("message::write_data", ...guest.put(text));
}

describe("lunatic::timer (host ABI 3.3, ch. 10)", () => {
  test("send_after takes the message now and delivers it when the delay is over", () => {
    const host = new Host();
    const child = host.child();
    prepare(host.root, "later");
    expect(host.root.call("timer::send_after", child.pid, 20n)).toBe(0n);
    expect(() => host.root.call("message::data_size")).toThrow(GuestTrap);
    host.world.timers.advance(19);
    expect(child.process.mailbox.size).toBe(0);
    host.world.timers.advance(1);
    expect(host.world.readAll(child.process)).toEqual(["later"]);
  });

  test("timer ids count from 0 per process", () => {
    const host = new Host();
    const child = host.child();
    const ids = [host.root, host.root, child].map((guest) => {
      prepare(guest, "");
      return guest.call("timer::send_after", host.root.pid, 1000n);
    });
    expect(ids).toEqual([0n, 1n, 0n]);
  });

  test("an empty scratch area traps", () => {
    expect(() => new Host().root.call("timer::send_after", 1n, 0n)).toThrow(GuestTrap);
  });

  test("a target that does not exist now never gets anything", () => {
    const host = new Host();
    prepare(host.root, "lost");
    host.root.call("timer::send_after", 2n, 5n);
    const late = host.child();
    expect(late.pid).toBe(2n);
    host.world.timers.advance(10);
    expect(late.process.mailbox.size).toBe(0);
  });

  test("a delay of u64::MAX is accepted and never over", () => {
    const host = new Host();
    prepare(host.root, "never");
    expect(host.root.call("timer::send_after", host.root.pid, -1n)).toBe(0n);
    host.world.timers.advance(2 ** 40);
    expect(host.root.process.mailbox.size).toBe(0);
  });

  test("cancel_timer gives 1 and stops the message; 0 for an id it does not have", () => {
    const host = new Host();
    prepare(host.root, "cancelled");
    const id = host.root.call("timer::send_after", host.root.pid, 5n) as bigint;
    expect(host.root.call("timer::cancel_timer", id)).toBe(1);
    expect(host.root.call("timer::cancel_timer", id)).toBe(0);
    expect(host.root.call("timer::cancel_timer", 99n)).toBe(0);
    host.world.timers.advance(10);
    expect(host.root.process.mailbox.size).toBe(0);
  });
});
