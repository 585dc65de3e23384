import { describe, expect, test } from "vitest";
import { EventKind, ParkReason } from "../inspect/events.ts";
import type { Pid } from "./ids.ts";
import { PARKED } from "./parked.ts";
import { data, NO_TIMEOUT, textOf, World } from "./testing/world.ts";

function pair() {
  const world = new World();
  const sender = world.root();
  const receiver = world.spawn(sender);
  return { world, sender, receiver };
}

function scratchText(process: { scratch: unknown }): string {
  return textOf(process.scratch as ReturnType<typeof data>);
}

describe("send and receive (host ABI ch. 6)", () => {
  test("messages of one sender arrive in the order sent", () => {
    const { world, sender, receiver } = pair();
    for (const text of ["a", "b", "c"]) world.send(sender, receiver, 0n, text);
    expect(world.readAll(receiver)).toEqual(["a", "b", "c"]);
  });

  test("a message that is there is received at once", () => {
    const { world, sender, receiver } = pair();
    world.send(sender, receiver, 5n, "hello");
    expect(world.receive(receiver)).toBe(0);
    expect(scratchText(receiver)).toBe("hello");
    expect(receiver.state).toBe("runnable");
  });

  test("a parked receiver gets the message handed over and runs again", () => {
    const { world, sender, receiver } = pair();
    expect(world.receive(receiver)).toBe(PARKED);
    expect(receiver.state).toBe("parked");
    world.send(sender, receiver, 0n, "late");
    expect(world.body(receiver).resumed).toEqual([0]);
    expect(receiver.state).toBe("runnable");
    expect(scratchText(receiver)).toBe("late");
    expect(receiver.mailbox.size).toBe(0);
  });

  test("a parked selective receive is woken by its tag only, the others queue up in order", () => {
    const { world, sender, receiver } = pair();
    world.receive(receiver, [9n, 4n]);
    world.send(sender, receiver, 1n, "one");
    world.send(sender, receiver, 0n, "untagged");
    expect(world.body(receiver).resumed).toEqual([]);
    world.send(sender, receiver, 4n, "four");
    expect(scratchText(receiver)).toBe("four");
    expect(world.readAll(receiver)).toEqual(["one", "untagged"]);
  });

  test("after a timed-out receive the order of arrival is kept", () => {
    const { world, sender, receiver } = pair();
    world.receive(receiver, [1n], 10n);
    world.timers.advance(10);
    expect(world.body(receiver).resumed).toEqual([9027]);
    world.send(sender, receiver, 1n, "first");
    world.send(sender, receiver, 1n, "second");
    expect(world.readAll(receiver)).toEqual(["first", "second"]);
  });

  test("a time-out leaves the scratch area as it is", () => {
    const { world, sender, receiver } = pair();
    world.send(sender, receiver, 0n, "kept");
    world.receive(receiver);
    world.receive(receiver, undefined, 1n);
    world.timers.advance(1);
    expect(world.body(receiver).resumed).toEqual([9027]);
    expect(scratchText(receiver)).toBe("kept");
  });

  test("a message to a dead process is dropped silently", () => {
    const { world, sender } = pair();
    world.run(sender, (kernel) => kernel.send(sender, 77 as Pid, data()));
    expect(world.yield(sender)).toBe("alive");
  });

  test("a received notice can be sent on as it is", () => {
    const { world, sender, receiver } = pair();
    const notice = { kind: "linkDied", tag: 3n, from: 50 as Pid } as const;
    world.run(sender, (kernel) => kernel.send(sender, receiver.pid, notice));
    expect(world.receive(receiver, [3n])).toBe(1);
    expect(receiver.scratch).toBe(notice);
  });

  test("a message to oneself is there for the next receive, not for the guest code before it", () => {
    const { world, sender } = pair();
    const code = world.run(sender, (kernel) => {
      kernel.send(sender, sender.pid, data(2n, "me"));
      expect(sender.mailbox.size).toBe(0);
      return kernel.receive(sender, [2n], NO_TIMEOUT, () => {});
    });
    expect(code).toBe(0);
    expect(scratchText(sender)).toBe("me");
    expect(sender.state).toBe("runnable");
  });

  test("a kill that waits behind the awaited message still comes first to the guest", () => {
    const { world, sender } = pair();
    const outcome = world.run(sender, (kernel) => {
      kernel.send(sender, sender.pid, data());
      kernel.kill(sender, sender.pid);
      return kernel.receive(sender, undefined, NO_TIMEOUT, () => {});
    });
    expect(outcome).toBe("stopped");
  });
});

describe("timeouts (host ABI ch. 10)", () => {
  test("u64::MAX means none, and no timer is made for it", () => {
    const { world, receiver } = pair();
    world.receive(receiver, undefined, NO_TIMEOUT);
    expect(world.timers.pending).toBe(0);
  });

  test("a time longer than any clock neither overflows nor fires", () => {
    const { world, receiver } = pair();
    world.receive(receiver, undefined, NO_TIMEOUT - 1n);
    world.timers.advance(2 ** 40);
    expect(receiver.state).toBe("parked");
  });

  test("0 returns what is queued, and otherwise gives up after signals had their chance", () => {
    const { world, sender, receiver } = pair();
    world.send(sender, receiver, 0n, "queued");
    expect(world.receive(receiver, undefined, 0n)).toBe(0);
    expect(world.receive(receiver, undefined, 0n)).toBe(PARKED);
    world.timers.advance(1);
    expect(world.body(receiver).resumed).toEqual([9027]);
  });

  test("0 still receives a message that arrives before the timer fires", () => {
    const { world, sender, receiver } = pair();
    world.receive(receiver, undefined, 0n);
    world.send(sender, receiver);
    world.timers.advance(5);
    expect(world.body(receiver).resumed).toEqual([0]);
  });

  test("deadlines are whole milliseconds, rounded up", () => {
    const { world, receiver } = pair();
    world.timers.advance(0.4);
    world.receive(receiver, undefined, 10n);
    world.timers.advance(10);
    expect(receiver.state).toBe("parked");
    world.timers.advance(0.6);
    expect(receiver.state).toBe("runnable");
  });

  test("a message cancels the timer", () => {
    const { world, sender, receiver } = pair();
    world.receive(receiver, undefined, 10n);
    world.send(sender, receiver);
    expect(world.timers.pending).toBe(0);
  });
});

describe("send_receive_skip_search", () => {
  test("passes over what is queued and takes the reply with its tag", () => {
    const { world, sender, receiver } = pair();
    world.send(receiver, sender, 6n, "old");
    const ask = world.run(sender, (kernel) =>
      kernel.sendReceiveSkipSearch(sender, receiver.pid, data(6n, "ask"), 6n, NO_TIMEOUT, (code) =>
        world.body(sender).resume(code),
      ),
    );
    expect(ask).toBe(PARKED);
    world.send(receiver, sender, 6n, "reply");
    expect(world.body(sender).resumed).toEqual([0]);
    expect(scratchText(sender)).toBe("reply");
    expect(world.readAll(sender)).toEqual(["old"]);
  });

  test("to oneself finds its own message", () => {
    const { world, sender } = pair();
    const code = world.run(sender, (kernel) =>
      kernel.sendReceiveSkipSearch(sender, sender.pid, data(6n, "echo"), 6n, NO_TIMEOUT, () => {}),
    );
    expect(code).toBe(0);
    expect(scratchText(sender)).toBe("echo");
  });

  test("returns 0 for any kind of message with the tag", () => {
    const { world, sender, receiver } = pair();
    world.run(sender, (kernel) => kernel.dieWhenLinkDies(sender, false));
    world.run(sender, (kernel) => kernel.link(sender, 6n, receiver.pid));
    world.run(sender, (kernel) =>
      kernel.sendReceiveSkipSearch(sender, receiver.pid, data(6n), 6n, NO_TIMEOUT, (code) =>
        world.body(sender).resume(code),
      ),
    );
    world.kernel.killFromOutside(world.environment, receiver.pid);
    expect(world.body(sender).resumed).toEqual([0]);
    expect(sender.scratch?.kind).toBe("linkDied");
  });

  test("with tag 0 nothing ever matches", () => {
    const { world, sender, receiver } = pair();
    world.run(sender, (kernel) =>
      kernel.sendReceiveSkipSearch(sender, receiver.pid, data(), 0n, 5n, (code) =>
        world.body(sender).resume(code),
      ),
    );
    world.send(receiver, sender, 0n, "untagged");
    world.timers.advance(5);
    expect(world.body(sender).resumed).toEqual([9027]);
  });
});

describe("sleep", () => {
  test("parks until its time is over while messages queue up", () => {
    const { world, sender, receiver } = pair();
    world.run(receiver, (kernel) =>
      kernel.sleep(receiver, 20n, () => world.body(receiver).resume(undefined)),
    );
    world.send(sender, receiver);
    expect(receiver.state).toBe("parked");
    world.timers.advance(20);
    expect(world.body(receiver).resumed).toEqual([undefined]);
    expect(receiver.mailbox.size).toBe(1);
  });

  test("of 0 ms is still a yield", () => {
    const { world, receiver } = pair();
    expect(world.run(receiver, (kernel) => kernel.sleep(receiver, 0n, () => {}))).toBe(PARKED);
  });
});

test("an observer sees each message sent, queued and taken, with the depth, and parks and wakes", () => {
  const { world, sender, receiver } = pair();
  world.observe();
  world.send(sender, receiver, 8n, "four");
  world.receive(receiver);
  world.receive(receiver);
  world.send(sender, receiver, 9n, "");
  const seen = world.events.map(({ kind, pid, other, tag, value }) => [kind, pid, other, tag, value]);
  const [s, r] = [sender.pid, receiver.pid];
  expect(seen).toEqual([
    [EventKind.MessageSent, s, r, 8n, 4],
    [EventKind.MessageQueued, r, s, 8n, 1],
    [EventKind.MessageTaken, r, s, 8n, 0],
    [EventKind.Park, r, 0, 0n, ParkReason.Receive],
    [EventKind.MessageSent, s, r, 9n, 0],
    [EventKind.MessageQueued, r, s, 9n, 1],
    [EventKind.Wake, r, 0, 0n, 0],
    [EventKind.MessageTaken, r, s, 9n, 0],
  ]);
});
