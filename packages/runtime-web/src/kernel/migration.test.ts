import { beforeEach, describe, expect, test } from "vitest";
import type { Process } from "./process.ts";
import { DIRECTORIES, type DirectoryKind, directories } from "./testing/directories.ts";
import { NO_TIMEOUT, request, STARTING_MODULE, World } from "./testing/world.ts";

let kind: DirectoryKind;

function twoExecutors() {
  const world = new World(2, directories(kind, 2));
  return { world, root: world.root() };
}

/** The child goes to executor 1; returns what it is there. */
function move(world: World, child: Process): Process {
  expect(world.kernel.canMove(child)).toBe(true);
  world.kernel.move(child, 1);
  world.deliverAll();
  return world.process(child.pid);
}

describe.each(DIRECTORIES)(
  "with a %s directory, a process that has not started can go to another executor",
  (directory) => {
    beforeEach(() => {
      kind = directory;
    });

    test("it starts there, and everybody finds it there", () => {
      const { world, root } = twoExecutors();
      const child = world.spawn(root);
      const moved = move(world, child);
      expect(world.kernelOf(moved)).toBe(world.kernels[1]);
      expect(world.started.filter((pid) => pid === child.pid)).toHaveLength(2);
      expect(world.kernel.exists(root, child.pid, () => {})).toBe(true);
      expect(world.environment.processes.has(child.pid)).toBe(false);
    });

    test("its messages go along, and later ones follow in order", () => {
      const { world, root } = twoExecutors();
      const child = world.spawn(root);
      world.send(root, child, 5n, "before");
      const moved = move(world, child);
      world.send(root, child, 6n, "after");
      world.deliverAll();
      expect(world.readAll(moved)).toEqual(["before", "after"]);
    });

    test("signals that outrun its envelope reach it there, a kill among them", () => {
      const world = new World(3, directories(kind, 3));
      const root = world.root();
      const third = world.spawn(root, {}, 2);
      const child = world.spawn(root);
      world.kernel.move(child, 1);
      world.run(third, (kernel) => {
        kernel.link(third, 3n, child.pid);
        kernel.kill(third, child.pid);
      });
      while (world.deliverOne(2, 1));
      world.deliverAll();
      const moved = world.process(child.pid);
      expect(world.causeOf(moved)).toEqual({ type: "killed", by: third.pid });
      expect(world.body(moved).stops).toBe(1);
      expect(world.causeOf(third)).toEqual({ type: "linkDied", pid: child.pid });
    });

    test("its links and monitors hold in both directions", () => {
      const { world, root } = twoExecutors();
      const child = world.spawn(root, { link: 7n });
      const watcher = world.spawn(root);
      world.run(root, (kernel) => kernel.dieWhenLinkDies(root, false));
      world.run(watcher, (kernel) => kernel.monitor(watcher, child.pid));
      const moved = move(world, child);
      world.kernels[1]!.exit(moved, { type: "trapped", message: "unreachable", stack: "" });
      world.deliverAll();
      world.yield(root);
      expect(world.readAll(root)).toEqual(["linkDied"]);
      expect(world.readAll(watcher)).toEqual(["processDied"]);
    });

    test("the death of its parent still takes it along", () => {
      const { world, root } = twoExecutors();
      const parent = world.spawn(root);
      const child = world.spawn(parent, { link: 7n });
      const moved = move(world, child);
      world.kernel.exit(parent, { type: "trapped", message: "unreachable", stack: "" });
      world.deliverAll();
      expect(world.causeOf(moved)).toEqual({ type: "linkDied", pid: parent.pid });
    });

    test("the loss of its new executor is told to its parent with the spawn's tag", () => {
      const { world, root } = twoExecutors();
      const child = world.spawn(root, { link: 7n });
      world.run(root, (kernel) => kernel.dieWhenLinkDies(root, false));
      move(world, child);
      world.lose(1);
      world.yield(root);
      expect(world.receive(root, [7n], NO_TIMEOUT)).toBe(1);
    });
  },
);

describe.each(DIRECTORIES)("with a %s directory, a process stays where", (directory) => {
  beforeEach(() => {
    kind = directory;
  });

  test("it has started", () => {
    const { world, root } = twoExecutors();
    const child = world.spawn(root);
    world.yield(child);
    expect(world.kernel.canMove(child)).toBe(false);
  });

  test("another executor may know its pid: a message under way could be overtaken", () => {
    const { world, root } = twoExecutors();
    const elsewhere = world.spawn(root, {}, 1);
    const child = world.spawn(root);
    expect(world.kernel.canMove(child)).toBe(true);
    world.send(root, elsewhere);
    expect(world.kernel.canMove(child)).toBe(false);
    expect(world.kernel.canMove(world.spawn(root))).toBe(true);
  });

  test("it is the root, or its module has a start function", () => {
    const { world, root } = twoExecutors();
    expect(world.kernel.canMove(root)).toBe(false);
    world.run(root, (kernel) => kernel.spawn(root, request({ module: STARTING_MODULE }), () => {}));
    world.launches[0]!.ready(undefined);
    const started = [...world.processes.values()].at(-1)!;
    expect(world.kernel.canMove(started)).toBe(false);
  });
});
