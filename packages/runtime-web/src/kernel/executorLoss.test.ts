import { beforeEach, describe, expect, test } from "vitest";
import type { Pid } from "./ids.ts";
import { PARKED } from "./parked.ts";
import type { Process } from "./process.ts";
import { DIRECTORIES, type DirectoryKind, directories } from "./testing/directories.ts";
import { data, request, STARTING_MODULE, World } from "./testing/world.ts";

let kind: DirectoryKind;

function worldOf(executors: number): World {
  return new World(executors, directories(kind, executors));
}

function apart(executors = 2) {
  const world = worldOf(executors);
  const root = world.root();
  const remote = world.spawn(root, {}, 1);
  return { world, root, remote };
}

/** A spawn on another executor whose envelopes are left in the channel. */
function spawnInFlight(world: World, parent: Process, executor: number, options = {}): unknown {
  world.placement = () => executor;
  return world.run(parent, (kernel) =>
    kernel.spawn(parent, request(options), (outcome) =>
      world.body(parent).resume("pid" in outcome ? outcome.pid : -1),
    ),
  );
}

describe.each(DIRECTORIES)("with a %s directory, the loss of an executor", (directory) => {
  beforeEach(() => {
    kind = directory;
  });

  test("is a failure to links and an end to monitors of its processes, and to nobody else", () => {
    const { world, root, remote } = apart(3);
    const third = world.spawn(root, {}, 2);
    const linked = world.spawn(root);
    const caught = world.spawn(root, {}, 2);
    world.run(linked, (kernel) => kernel.link(linked, 1n, remote.pid));
    world.run(caught, (kernel) => {
      kernel.dieWhenLinkDies(caught, false);
      kernel.link(caught, 2n, remote.pid);
    });
    world.run(root, (kernel) => kernel.monitor(root, remote.pid));
    world.yield(linked);
    world.yield(caught);
    world.deliverAll();
    world.lose(1);
    world.deliverAll();
    expect(world.causeOf(linked)).toEqual({ type: "linkDied", pid: remote.pid });
    expect([...caught.mailbox]).toEqual([{ kind: "linkDied", tag: 2n, from: remote.pid }]);
    expect([...root.mailbox]).toEqual([{ kind: "processDied", from: remote.pid }]);
    expect(third.state).not.toBe("ended");
    expect(world.kernel.exists(root, remote.pid, () => {})).toBe(false);
  });

  test("tells a parent the tag of the spawn, and a child no tag", () => {
    for (const lost of [1, 2]) {
      const world = worldOf(3);
      const parent = world.spawn(world.root(), {}, 1);
      const child = world.spawn(parent, { link: 21n }, 2);
      for (const process of [parent, child]) {
        world.run(process, () => world.kernelOf(process).dieWhenLinkDies(process, false));
        world.yield(process);
      }
      world.deliverAll();
      world.lose(lost);
      world.deliverAll();
      const [told, tag, dead] = lost === 2 ? ([parent, 21n, child] as const) : ([child, 0n, parent] as const);
      expect([...told.mailbox]).toEqual([{ kind: "linkDied", tag, from: dead.pid }]);
    }
  });

  test("tells of a process that had ended there unnoticed", () => {
    const { world, root, remote } = apart();
    world.run(root, (kernel) => kernel.monitor(root, remote.pid));
    world.deliverAll();
    world.kernels[1]!.exit(remote, { type: "returned" });
    world.lose(1);
    expect([...root.mailbox]).toEqual([{ kind: "processDied", from: remote.pid }]);
  });

  test("is told once, even if the end arrives again afterwards", () => {
    const { world, root, remote } = apart();
    world.run(root, (kernel) => kernel.monitor(root, remote.pid));
    world.deliverAll();
    world.lose(1);
    world.kernels[1]!.exit(remote, { type: "returned" });
    world.deliverAll();
    expect(root.mailbox.size).toBe(1);
  });

  test("fails a spawn that waits for it", () => {
    const { world, root } = apart();
    spawnInFlight(world, root, 1, { module: STARTING_MODULE });
    world.lose(1);
    expect(world.body(root).resumed).toEqual([-1]);
  });

  test("ends children that were being created for its processes", () => {
    const { world, remote } = apart(3);
    spawnInFlight(world, remote, 2, { module: STARTING_MODULE });
    world.deliverAll();
    const child = [...world.processes.values()].at(-1)!;
    world.lose(1);
    expect(child.state).toBe("ended");
  });

  test("answers those who linked to a process whose creation was lost on the way", () => {
    const { world, root, remote } = apart(3);
    const third = world.spawn(root, {}, 2);
    world.run(third, (kernel) => kernel.dieWhenLinkDies(third, false));
    spawnInFlight(world, remote, 0);
    world.run(third, (kernel) => kernel.link(third, 6n, 4 as Pid));
    world.yield(third);
    while (world.deliverOne(2, 0));
    world.lose(1);
    world.deliverAll();
    expect([...third.mailbox]).toEqual([{ kind: "linkDied", tag: 6n, from: 4 }]);
    expect(world.kernel.exists(root, 4 as Pid, () => {})).toBe(false);
  });

  test("new processes stay on executors that live", () => {
    const { world, root } = apart();
    world.lose(1);
    const child = world.spawn(root, {}, 1);
    expect(world.kernelOf(child)).toBe(world.kernel);
  });
});

describe("without shared memory", () => {
  beforeEach(() => {
    kind = "divided";
  });

  test("pids tell where they were given out, in blocks, and the root is 1", () => {
    const { world, root, remote } = apart(3);
    const grandchild = world.spawn(remote, {}, 2);
    expect([root.pid, remote.pid, grandchild.pid]).toEqual([1, 2, 1024]);
    const pids = Array.from({ length: 1023 }, () => world.spawn(root).pid);
    expect(pids.slice(-3)).toEqual([1023, 3072, 3073]);
  });

  test("whether a process exists elsewhere is asked where it was given its pid, also after its end", () => {
    const { world, root, remote } = apart(3);
    const third = world.spawn(root, {}, 2);
    for (const expected of [true, false]) {
      const asked = world.run(third, (kernel) =>
        kernel.exists(third, remote.pid, (exists) => world.body(third).resume(Number(exists))),
      );
      expect(asked).toBe(PARKED);
      world.deliverAll();
      expect(world.body(third).resumed.at(-1)).toBe(Number(expected));
      world.kernels[1]!.exit(remote, { type: "returned" });
      world.deliverAll();
    }
  });

  test("messages on the detour by way of the birthplace are not overtaken when the process comes closer", () => {
    const { world, root, remote } = apart();
    const child = world.spawn(root);
    // On its way to executor 0 when the child sets off for executor 1.
    world.send(remote, child, 0n, "first");
    world.kernel.move(child, 1);
    while (world.deliverOne(0, 1));
    const moved = world.process(child.pid);
    world.run(remote, (kernel) => kernel.send(remote, moved.pid, data(0n, "second")));
    world.deliverAll();
    expect(world.readAll(moved)).toEqual(["first", "second"]);
  });

  test("a process survives the loss of its birthplace, and others still reach it", () => {
    const { world, root, remote } = apart(3);
    const child = world.spawn(remote, {}, 2);
    world.run(root, (kernel) => kernel.link(root, 5n, child.pid));
    world.yield(root);
    world.deliverAll();
    world.lose(1);
    world.deliverAll();
    expect(root.state).not.toBe("ended");
    world.send(root, child, 0n, "still there");
    world.deliverAll();
    expect(world.readAll(child)).toEqual(["still there"]);
  });

  test("two losses at once are both told", () => {
    const { world, root, remote } = apart(4);
    const second = world.spawn(root, {}, 2);
    const watcher = world.spawn(root, {}, 3);
    for (const watched of [remote, second]) {
      world.run(watcher, (kernel) => kernel.monitor(watcher, watched.pid));
    }
    world.deliverAll();
    world.lose(1);
    world.lose(2);
    world.deliverAll();
    expect(new Set([...watcher.mailbox].map(({ from }) => from))).toEqual(new Set([remote.pid, second.pid]));
  });
});
