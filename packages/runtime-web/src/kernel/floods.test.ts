import { describe, expect, test } from "vitest";
import { EventKind } from "../inspect/events.ts";
import { data, ENVIRONMENT, request, World } from "./testing/world.ts";

/** Each waiting message counts its data and 256 bytes. */
const MESSAGE_BYTES = 256;

function worldWith(limits: { mailLimitBytes?: number; maxProcesses?: number }) {
  const world = new World(1, undefined, limits);
  const root = world.root();
  return { world, root, receiver: world.spawn(root) };
}

describe("the memory of messages that wait", () => {
  test("is bounded per environment: more is told once, and nothing is lost by it", () => {
    const { world, root, receiver } = worldWith({ mailLimitBytes: 3 * MESSAGE_BYTES });
    for (let number = 1; number <= 3; number++) world.send(root, receiver);
    expect(world.flooded).toEqual([]);
    for (let number = 4; number <= 6; number++) world.send(root, receiver);
    expect(world.flooded).toEqual([ENVIRONMENT]);
    expect(receiver.mailbox.size).toBe(6);
  });

  test("is free again when they are taken, and when their process dies", () => {
    const { world, root, receiver } = worldWith({ mailLimitBytes: 1e6 });
    for (const text of ["a", "b", "c"]) world.send(root, receiver, 0n, text);
    expect(world.environment.mail.bytes).toBe(3 * (MESSAGE_BYTES + 1));
    world.receive(receiver);
    expect(world.environment.mail.bytes).toBe(2 * (MESSAGE_BYTES + 1));
    world.kernel.exit(receiver, { type: "returned" });
    expect(world.environment.mail.bytes).toBe(0);
  });

  test("includes what waits for a timer, until that fires or is cancelled", () => {
    const { world, root, receiver } = worldWith({ mailLimitBytes: 1e6 });
    world.run(root, (kernel) => {
      kernel.sendAfter(root, receiver.pid, 5n, data(0n, "first"));
      const second = kernel.sendAfter(root, receiver.pid, 50n, data(0n, "second"));
      expect(world.environment.mail.bytes).toBe(2 * MESSAGE_BYTES + 11);
      kernel.cancelTimer(root, second);
    });
    expect(world.environment.mail.bytes).toBe(MESSAGE_BYTES + 5);
    world.timers.advance(5);
    world.receive(receiver);
    expect(world.environment.mail.bytes).toBe(0);
  });

  test("includes what is held back from a child of get_or_spawn", () => {
    const { world, root } = worldWith({ mailLimitBytes: 1e6 });
    const other = world.spawn(root);
    world.run(root, (kernel) => kernel.getOrSpawn(root, "name", request(), () => {}));
    const child = [...world.processes.values()].at(-1)!;
    world.send(other, child, 0n, "early");
    expect(child.mailbox.size).toBe(0);
    expect(world.environment.mail.bytes).toBe(MESSAGE_BYTES + 5);
    world.kernel.exit(child, { type: "returned" });
    expect(world.environment.mail.bytes).toBe(0);
  });
});

describe("what else is held for processes", () => {
  /** Each resource, and each name, counts 256 bytes and its text. */
  const RESOURCE_BYTES = 256;

  test("counts for the same bound: more is told once", () => {
    const { world, root } = worldWith({ mailLimitBytes: 3 * RESOURCE_BYTES });
    for (let number = 1; number <= 3; number++) root.modules.add(root.module);
    expect(world.flooded).toEqual([]);
    for (let number = 4; number <= 6; number++) root.modules.add(root.module);
    expect(world.flooded).toEqual([ENVIRONMENT]);
  });

  test("is free again when it is dropped, and when its process dies", () => {
    const { world, receiver } = worldWith({ mailLimitBytes: 1e6 });
    const { mail } = world.environment;
    const first = receiver.errors.add("a failure", 9);
    receiver.modules.add(receiver.module);
    expect(mail.heldBytes).toBe(2 * RESOURCE_BYTES + 9);
    receiver.errors.grow(first, 100);
    expect(mail.heldBytes).toBe(2 * RESOURCE_BYTES + 109);
    receiver.errors.remove(first);
    expect(mail.heldBytes).toBe(RESOURCE_BYTES);
    world.kernel.exit(receiver, { type: "returned" });
    expect(mail.heldBytes).toBe(0);
    receiver.modules.add(receiver.module);
    expect(mail.heldBytes, "of one that has ended nothing counts").toBe(0);
  });

  test("includes names, once each, until they are removed", () => {
    const { world, root } = worldWith({ mailLimitBytes: 1e6 });
    world.run(root, (kernel) => {
      for (const pid of [1n, 2n]) kernel.registryPut(root, "name", 0n, pid, () => {});
      expect(world.environment.mail.heldBytes).toBe(RESOURCE_BYTES + 4);
      for (let again = 0; again < 2; again++) kernel.registryRemove(root, "name", () => {});
    });
    expect(world.environment.mail.heldBytes).toBe(0);
  });

  test("includes timers, and one that never fires keeps no message", () => {
    const { world, root } = worldWith({ mailLimitBytes: 1e6 });
    world.run(root, (kernel) => {
      const id = kernel.sendAfter(root, root.pid, 2n ** 64n - 1n, data(0n, "never"));
      expect(world.environment.mail.bytes).toBe(0);
      expect(world.environment.mail.heldBytes).toBe(RESOURCE_BYTES);
      expect(kernel.cancelTimer(root, id)).toBe(true);
    });
    expect(world.environment.mail.heldBytes).toBe(0);
  });
});

test("a spawn fails when too many processes live, a person is told once, and it works again when some have ended", () => {
  const { world, root, receiver } = worldWith({ maxProcesses: 2 });
  world.observe();
  for (let attempt = 0; attempt < 3; attempt++) {
    const outcome = world.run(root, (kernel) => kernel.spawn(root, request(), () => {}));
    expect(outcome).toEqual({ failure: expect.stringContaining("there can be no more") });
  }
  expect(world.events.filter(({ kind }) => kind === EventKind.Notice)).toHaveLength(1);
  world.kernel.exit(receiver, { type: "returned" });
  expect(world.spawn(root).state).toBe("unstarted");
});
