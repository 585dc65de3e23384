import { describe, expect, test } from "vitest";
import { EventKind } from "../inspect/events.ts";
import type { Pid } from "./ids.ts";
import { data, NO_TIMEOUT, World } from "./testing/world.ts";

function pair() {
  const world = new World();
  const sender = world.root();
  const receiver = world.spawn(sender);
  const after = (delayMs: bigint, text: string, to: Pid = receiver.pid) =>
    world.run(sender, (kernel) => kernel.sendAfter(sender, to, delayMs, data(0n, text))) as bigint;
  const cancel = (id: bigint) => world.run(sender, (kernel) => kernel.cancelTimer(sender, id));
  return { world, sender, receiver, after, cancel };
}

describe("send_after (host ABI ch. 10)", () => {
  test("delivers when the delay is over, by deadline and not by order of calls", () => {
    const { world, receiver, after } = pair();
    after(20n, "second");
    after(10n, "first");
    world.timers.advance(9);
    expect(receiver.mailbox.size).toBe(0);
    world.timers.advance(11);
    expect(world.readAll(receiver)).toEqual(["first", "second"]);
  });

  test("ids count per process from 0", () => {
    const { after } = pair();
    expect([after(1n, ""), after(1n, ""), after(1n, "")]).toEqual([0n, 1n, 2n]);
  });

  test("is observed as sent when it fires", () => {
    const { world, sender, receiver, after } = pair();
    world.observe();
    after(5n, "four");
    expect(world.events).toEqual([]);
    world.timers.advance(5);
    expect(world.events[0]).toMatchObject({
      kind: EventKind.MessageSent,
      pid: sender.pid,
      other: receiver.pid,
      value: 4,
    });
  });

  test("wakes a parked receiver", () => {
    const { world, receiver, after } = pair();
    world.receive(receiver);
    after(3n, "tick");
    world.timers.advance(3);
    expect(world.body(receiver).resumed).toEqual([0]);
  });

  test("fires after its process is dead", () => {
    const { world, sender, receiver, after } = pair();
    after(5n, "from the grave");
    world.kernel.exit(sender, { type: "returned" });
    world.timers.advance(5);
    expect(world.readAll(receiver)).toEqual(["from the grave"]);
  });

  test("to a process that does not exist yet never delivers, even if a process gets that pid later", () => {
    const { world, sender, after } = pair();
    after(5n, "to nobody", 3 as Pid);
    const late = world.spawn(sender);
    expect(late.pid).toBe(3);
    world.timers.advance(5);
    expect(late.mailbox.size).toBe(0);
  });

  test("with a delay longer than any clock never fires and can be cancelled", () => {
    const { world, after, cancel } = pair();
    const id = after(NO_TIMEOUT, "never");
    expect(world.timers.pending).toBe(0);
    expect(cancel(id)).toBe(true);
  });
});

describe("cancel_timer", () => {
  test("stops a timer that has not fired, and knows it only once", () => {
    const { world, receiver, after, cancel } = pair();
    const id = after(5n, "cancelled");
    expect(cancel(id)).toBe(true);
    expect(cancel(id)).toBe(false);
    world.timers.advance(10);
    expect(receiver.mailbox.size).toBe(0);
    expect(world.timers.pending).toBe(0);
  });

  test("still finds a fired timer until the next send_after purges it", () => {
    const { world, after, cancel } = pair();
    const [first, second] = [after(1n, ""), after(1n, "")];
    world.timers.advance(1);
    expect(cancel(first)).toBe(true);
    after(1n, "");
    expect(cancel(second)).toBe(false);
  });

  test("does not know ids that were never given", () => {
    const { cancel } = pair();
    expect(cancel(7n)).toBe(false);
  });
});
