import { describe, expect, test } from "vitest";
import { EventKind } from "../inspect/events.ts";
import type { Pid } from "./ids.ts";
import { World } from "./testing/world.ts";

const NOBODY = 999 as Pid;
const FAILURE = { type: "trapped", message: "unreachable", stack: "" } as const;

function linked() {
  const world = new World();
  const root = world.root();
  const a = world.spawn(root);
  const b = world.spawn(root);
  world.run(a, (kernel) => kernel.link(a, 7n, b.pid));
  world.yield(a);
  return { world, a, b };
}

function catches(world: World, process: Parameters<World["yield"]>[0]): void {
  world.run(process, (kernel) => kernel.dieWhenLinkDies(process, false));
  world.yield(process);
}

describe("links (host ABI ch. 7)", () => {
  test("both directions carry the tag of link", () => {
    const { a, b } = linked();
    expect([...a.links]).toEqual([[b.pid, 7n]]);
    expect([...b.links]).toEqual([[a.pid, 7n]]);
  });

  test("a failure takes a linked process along", () => {
    const { world, a, b } = linked();
    world.kernel.exit(b, FAILURE);
    expect(world.causeOf(a)).toEqual({ type: "linkDied", pid: b.pid });
    expect(world.body(a).stops).toBe(1);
  });

  test("a failure is a message with the link's tag for a process that does not die when links die", () => {
    const { world, a, b } = linked();
    catches(world, a);
    world.kernel.exit(b, FAILURE);
    expect(a.state).not.toBe("ended");
    expect([...a.mailbox]).toEqual([{ kind: "linkDied", tag: 7n, from: b.pid }]);
    expect(world.receive(a, [7n])).toBe(1);
  });

  test("a normal end is silent: the survivor only forgets the link", () => {
    for (const cause of [{ type: "returned" }, { type: "exited", code: 0 }] as const) {
      const { world, a, b } = linked();
      world.kernel.exit(b, cause);
      expect(a.state).not.toBe("ended");
      expect(a.links.size).toBe(0);
      expect(a.mailbox.size).toBe(0);
    }
  });

  test("proc_exit with another code than 0 counts as a failure", () => {
    const { world, a, b } = linked();
    world.kernel.exit(b, { type: "exited", code: 1 });
    expect(a.state).toBe("ended");
  });

  test("a second link to the same process replaces the tag", () => {
    const { world, a, b } = linked();
    world.run(a, (kernel) => kernel.link(a, 8n, b.pid));
    world.yield(a);
    catches(world, a);
    world.kernel.exit(b, FAILURE);
    expect([...a.mailbox]).toEqual([{ kind: "linkDied", tag: 8n, from: b.pid }]);
  });

  test("an unlinked process survives", () => {
    const { world, a, b } = linked();
    world.run(a, (kernel) => kernel.unlink(a, b.pid));
    world.yield(a);
    world.kernel.exit(b, FAILURE);
    expect(a.state).not.toBe("ended");
  });

  test("unlinking a process that does not exist changes nothing", () => {
    const { world, a } = linked();
    world.run(a, (kernel) => kernel.unlink(a, NOBODY));
    expect(world.yield(a)).toBe("alive");
  });

  test("a link to a process that does not exist kills the caller at its next yield, not before", () => {
    const world = new World();
    const a = world.spawn(world.root());
    const done = world.run(a, (kernel) => {
      kernel.link(a, 3n, NOBODY);
      return "still running";
    });
    expect(done).toBe("still running");
    expect(world.yield(a)).toBe("stopped");
    expect(world.causeOf(a)).toEqual({ type: "linkDied", pid: NOBODY });
  });

  test("a link to a process that does not exist is a message with its tag for one that catches", () => {
    const world = new World();
    const a = world.spawn(world.root());
    catches(world, a);
    world.run(a, (kernel) => kernel.link(a, 3n, NOBODY));
    expect(world.receive(a)).toBe(1);
    expect(a.scratch).toEqual({ kind: "linkDied", tag: 3n, from: NOBODY });
    expect(a.links.size).toBe(0);
  });

  test("linking to oneself is harmless", () => {
    const { world, a, b } = linked();
    world.run(a, (kernel) => kernel.link(a, 5n, a.pid));
    expect(world.yield(a)).toBe("alive");
    world.kernel.exit(a, FAILURE);
    expect(b.state).toBe("ended");
  });

  test("a ring of 20,000 linked processes dies as one", () => {
    const world = new World();
    const root = world.root();
    const ring = Array.from({ length: 20_000 }, () => world.spawn(root));
    ring.forEach((process, index) => {
      world.run(process, (kernel) => kernel.link(process, 1n, ring[(index + 1) % ring.length]!.pid));
      world.yield(process);
    });
    world.kernel.exit(ring[0]!, FAILURE);
    expect(ring.filter((process) => process.state !== "ended")).toHaveLength(0);
    expect(ring.filter((process) => world.body(process).stops !== 1)).toHaveLength(0);
    expect(root.state).not.toBe("ended");
  });

  test("every link is told once and each end is observed once", () => {
    const { world, a, b } = linked();
    world.observe();
    world.kernel.exit(b, FAILURE);
    world.kernel.exit(b, FAILURE);
    const exits = world.events.filter((event) => event.kind === EventKind.Exit);
    expect(exits.map((event) => [event.pid, event.other])).toEqual([
      [b.pid, 0],
      [a.pid, b.pid],
    ]);
  });
});

test("an end tells how much fuel the process has used, however it comes", () => {
  const { world, a, b } = linked();
  world.observe();
  world.body(a).fuelUsed = 2 ** 40;
  world.body(b).fuelUsed = 7;
  world.kernel.exit(b, FAILURE);
  const exits = world.events.filter((event) => event.kind === EventKind.Exit);
  expect(exits.map(({ pid, tag }) => [pid, tag])).toEqual([
    [b.pid, 7n],
    [a.pid, 2n ** 40n],
  ]);
});

describe("die_when_link_dies", () => {
  test("takes effect in order with other signals: a death that was waiting before it still kills", () => {
    const { world, a, b } = linked();
    const outcome = world.run(a, (kernel) => {
      kernel.kill(a, b.pid);
      kernel.dieWhenLinkDies(a, false);
      kernel.yieldPoint(a);
    });
    expect(outcome).toBe("stopped");
    expect(world.causeOf(a)).toEqual({ type: "linkDied", pid: b.pid });
  });

  test("called before the death in the same slice, it saves the process", () => {
    const { world, a, b } = linked();
    world.run(a, (kernel) => {
      kernel.dieWhenLinkDies(a, false);
      kernel.kill(a, b.pid);
    });
    expect(world.yield(a)).toBe("alive");
    expect(a.mailbox.size).toBe(1);
  });

  test("is not inherited by children", () => {
    const world = new World();
    const root = world.root();
    catches(world, root);
    expect(world.spawn(root).dieWhenLinkDies).toBe(true);
  });
});

describe("monitors (host ABI ch. 7)", () => {
  test("each kind of end gives one process-died message, also if monitored twice", () => {
    for (const cause of [FAILURE, { type: "returned" }] as const) {
      const world = new World();
      const root = world.root();
      const watched = world.spawn(root);
      world.run(root, (kernel) => kernel.monitor(root, watched.pid));
      world.run(root, (kernel) => kernel.monitor(root, watched.pid));
      world.kernel.exit(watched, cause);
      expect([...root.mailbox]).toEqual([{ kind: "processDied", from: watched.pid }]);
      expect(world.receive(root)).toBe(2);
    }
  });

  test("does not depend on die_when_link_dies and does not kill", () => {
    const world = new World();
    const root = world.root();
    const watched = world.spawn(root);
    world.run(root, (kernel) => kernel.monitor(root, watched.pid));
    world.kernel.exit(watched, FAILURE);
    expect(root.state).not.toBe("ended");
  });

  test("monitoring a dead process gives nothing", () => {
    const world = new World();
    const root = world.root();
    world.run(root, (kernel) => kernel.monitor(root, NOBODY));
    world.yield(root);
    expect(root.mailbox.size).toBe(0);
  });

  test("after stop_monitoring no message comes", () => {
    const world = new World();
    const root = world.root();
    const watched = world.spawn(root);
    world.run(root, (kernel) => {
      kernel.monitor(root, watched.pid);
      kernel.stopMonitoring(root, watched.pid);
    });
    world.kernel.exit(watched, FAILURE);
    expect(root.mailbox.size).toBe(0);
  });

  test("a monitored process does not remember watchers that are dead", () => {
    const world = new World();
    const root = world.root();
    for (let round = 0; round < 10; round++) {
      const watcher = world.spawn(root);
      world.run(watcher, (kernel) => kernel.monitor(watcher, root.pid));
      world.kernel.exit(watcher, { type: "returned" });
    }
    expect(root.monitors?.size).toBe(0);
  });
});

describe("kill", () => {
  test("ends the target as a failure, so the killer dies with it if linked", () => {
    const { world, a, b } = linked();
    const outcome = world.run(a, (kernel) => {
      kernel.kill(a, b.pid);
      expect(world.causeOf(b)).toEqual({ type: "killed", by: a.pid });
      kernel.yieldPoint(a);
    });
    expect(outcome).toBe("stopped");
  });

  test("reaches a process that has not started", () => {
    const world = new World();
    const root = world.root();
    const child = world.spawn(root);
    expect(child.state).toBe("unstarted");
    world.run(root, (kernel) => kernel.kill(root, child.pid));
    expect(child.state).toBe("ended");
    expect(world.body(child).stops).toBe(1);
  });

  test("reaches a process parked in receive, whose call never completes", () => {
    const world = new World();
    const root = world.root();
    const child = world.spawn(root);
    world.receive(child, undefined, 50n);
    expect(child.state).toBe("parked");
    world.run(root, (kernel) => kernel.kill(root, child.pid));
    world.timers.advance(1000);
    expect(world.body(child)).toMatchObject({ resumed: [], stops: 1 });
    expect(world.timers.pending).toBe(0);
  });

  test("reaches a preempted process", () => {
    const world = new World();
    const root = world.root();
    const child = world.spawn(root);
    world.yield(child);
    expect(child.state).toBe("runnable");
    world.run(root, (kernel) => kernel.kill(root, child.pid));
    expect(world.body(child).stops).toBe(1);
  });

  test("reaches a process that was woken and has not run yet", () => {
    const world = new World();
    const root = world.root();
    const child = world.spawn(root);
    world.receive(child);
    world.send(root, child);
    expect(world.body(child).resumed).toEqual([0]);
    world.run(root, (kernel) => kernel.kill(root, child.pid));
    expect(world.body(child).stops).toBe(1);
  });

  test("of oneself acts at the next yield, and the running body is not told to stop", () => {
    const world = new World();
    const child = world.spawn(world.root());
    const outcome = world.run(child, (kernel) => {
      kernel.kill(child, child.pid);
      expect(child.state).toBe("running");
      kernel.receive(child, undefined, 0n, () => {});
    });
    expect(outcome).toBe("stopped");
    expect(world.causeOf(child)).toEqual({ type: "killed", by: child.pid });
    expect(world.body(child).stops).toBe(0);
  });

  test("of oneself is forgotten if the entry function returns before a yield", () => {
    const world = new World();
    const child = world.spawn(world.root());
    world.run(child, (kernel) => {
      kernel.kill(child, child.pid);
      kernel.exit(child, { type: "returned" });
    });
    expect(world.causeOf(child)).toEqual({ type: "returned" });
  });

  test("of a process that does not exist does nothing", () => {
    const world = new World();
    const root = world.root();
    world.run(root, (kernel) => kernel.kill(root, NOBODY));
    expect(world.yield(root)).toBe("alive");
  });

  test("from outside reaches a running process at its next yield", () => {
    const world = new World();
    const child = world.spawn(world.root());
    const outcome = world.run(child, (kernel) => {
      expect(kernel.killFromOutside(world.environment, child.pid)).toBe(true);
      kernel.yieldPoint(child);
    });
    expect(outcome).toBe("stopped");
    expect(world.kernel.killFromOutside(world.environment, child.pid)).toBe(false);
  });

  test("a Link that reaches a process too late is answered with NoProcess", () => {
    const world = new World();
    const root = world.root();
    const dying = world.spawn(root);
    const linking = world.spawn(root);
    // The page's kill and the Link wait in the queue of the running process, in this order.
    world.run(dying, (kernel) => {
      kernel.killFromOutside(world.environment, dying.pid);
      kernel.link(linking, 4n, dying.pid);
    });
    expect(world.yield(dying)).toBe("stopped");
    expect(world.causeOf(linking)).toEqual({ type: "linkDied", pid: dying.pid });
  });
});
