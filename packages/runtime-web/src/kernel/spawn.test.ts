import { describe, expect, test } from "vitest";
import { EventKind, ParkReason } from "../inspect/events.ts";
import { GuestTrap } from "./guestTrap.ts";
import { PARKED } from "./parked.ts";
import { configThatMay, data, request, STARTING_MODULE, World } from "./testing/world.ts";

function startSpawn(world: World, parent: ReturnType<World["root"]>, options = {}) {
  return world.run(parent, (kernel) =>
    kernel.spawn(parent, request({ module: STARTING_MODULE, ...options }), (outcome) =>
      world.body(parent).resume("pid" in outcome ? outcome.pid : -1),
    ),
  );
}

describe("spawn (host ABI ch. 4)", () => {
  test("pids count from 1, and a failed spawn uses one up", () => {
    const world = new World();
    const root = world.root();
    const failed = world.run(root, (kernel) =>
      kernel.spawn(root, request({ entry: "does not instantiate" }), () => {}),
    );
    expect(root.pid).toBe(1);
    expect(failed).toEqual({ failure: "no room for it" });
    expect(world.spawn(root).pid).toBe(3);
  });

  test("without can_spawn_processes it traps and tells observers why", () => {
    const world = new World();
    const child = world.spawn(world.root(), { config: configThatMay({ canSpawnProcesses: false }) });
    world.observe();
    expect(() => world.run(child, (kernel) => kernel.spawn(child, request(), () => {}))).toThrow(GuestTrap);
    const text = "Process 2 was denied a spawn, which trapped: its config lacks can_spawn_processes";
    expect(world.events).toMatchObject([{ kind: EventKind.Notice, pid: child.pid, text }]);
    expect(child.state).not.toBe("ended");
  });

  test("a placement that traps is the caller's trap", () => {
    const world = new World();
    const root = world.root();
    world.placement = () => {
      throw new GuestTrap("the directory /data does not exist");
    };
    expect(() => world.run(root, (kernel) => kernel.spawn(root, request(), () => {}))).toThrow("/data");
    expect(world.yield(root)).toBe("alive");
  });

  test("a process with less memory than its module needs is made beside its parent, who learns that it failed", () => {
    const world = new World(2);
    const root = world.root();
    world.placement = () => 1;
    const config = configThatMay({ maxMemory: 65_535n });
    const outcome = world.run(root, (kernel) =>
      kernel.spawn(root, request({ config, entry: "does not instantiate" }), () => {}),
    );
    expect(outcome).toEqual({ failure: "no room for it" });
  });

  test("a process that could not be instantiated never exists", () => {
    const world = new World();
    const root = world.root();
    world.run(root, (kernel) => kernel.spawn(root, request({ entry: "does not instantiate" }), () => {}));
    expect(world.kernel.exists(root, world.process(2).pid, () => {})).toBe(false);
    expect(world.started).toEqual([root.pid]);
    expect(world.body(world.process(2)).stops).toBe(0);
  });

  test("a linked child knows the link with its tag before any message, its parent knows it without tag", () => {
    const world = new World();
    const root = world.root();
    const child = world.spawn(root, { link: 12n });
    expect([...child.links]).toEqual([[root.pid, 12n]]);
    expect([...root.links]).toEqual([[child.pid, 0n]]);
  });

  test("the parent of a failed linked child is told the spawn's tag", () => {
    const world = new World();
    const root = world.root();
    world.run(root, (kernel) => kernel.dieWhenLinkDies(root, false));
    const child = world.spawn(root, { link: 12n });
    world.kernel.exit(child, { type: "trapped", message: "", stack: "" });
    expect([...root.mailbox]).toEqual([{ kind: "linkDied", tag: 12n, from: child.pid }]);
  });

  test("the linked child of a failed parent is told no tag", () => {
    const world = new World();
    const parent = world.spawn(world.root());
    const child = world.spawn(parent, { link: 12n });
    world.run(child, (kernel) => kernel.dieWhenLinkDies(child, false));
    world.yield(child);
    world.kernel.exit(parent, { type: "trapped", message: "", stack: "" });
    expect([...child.mailbox]).toEqual([{ kind: "linkDied", tag: 0n, from: parent.pid }]);
  });

  test("spawning with a link is a yield, without a link it is none", () => {
    const world = new World();
    const root = world.root();
    const unlinked = world.run(root, (kernel) => {
      kernel.kill(root, root.pid);
      return kernel.spawn(root, request(), () => {});
    });
    expect(unlinked).toEqual({ pid: 2 });
    expect(world.run(root, (kernel) => kernel.spawn(root, request({ link: 1n }), () => {}))).toBe("stopped");
  });

  test("a parent killed during the link step takes its linked child along instead of leaving it behind", () => {
    const world = new World();
    const root = world.root();
    world.run(root, (kernel) => {
      kernel.kill(root, root.pid);
      kernel.spawn(root, request({ link: 1n }), () => {});
    });
    const child = world.process(2);
    expect(world.causeOf(child)).toEqual({ type: "linkDied", pid: root.pid });
    expect(world.started).not.toContain(child.pid);
  });
});

describe("modules with a start function", () => {
  test("the parent waits, and the child is not in the environment, until the start function ends", () => {
    const world = new World();
    const root = world.root();
    expect(startSpawn(world, root, { link: 3n })).toBe(PARKED);
    const child = world.process(2);
    expect(world.kernel.exists(root, child.pid, () => {})).toBe(false);
    expect(child.isInitialized).toBe(false);
    world.launches[0]!.ready(undefined);
    expect(world.body(root).resumed).toEqual([child.pid]);
    expect(world.kernel.exists(root, child.pid, () => {})).toBe(true);
    expect([...root.links.keys()]).toEqual([child.pid]);
    expect(world.started).toEqual([root.pid, child.pid]);
  });

  test("messages sent to it before are lost, signals of the waiting parent are handled", () => {
    const world = new World();
    const root = world.root();
    const other = world.spawn(root);
    startSpawn(world, root);
    const child = world.process(3);
    world.send(other, child, 0n, "too early");
    world.send(other, root, 0n, "while it waits");
    world.launches[0]!.ready(undefined);
    expect(child.mailbox.size).toBe(0);
    expect(world.readAll(root)).toEqual(["while it waits"]);
  });

  test("a failing start function is the parent's failure text", () => {
    const world = new World();
    const root = world.root();
    startSpawn(world, root);
    world.launches[0]!.ready("unreachable in the start function");
    expect(world.body(root).resumed).toEqual([-1]);
    expect(world.ended).toEqual([]);
  });

  test("an end inside the start function, however it comes, is the parent's failure", () => {
    const world = new World();
    const root = world.root();
    startSpawn(world, root);
    world.kernel.exit(world.process(2), { type: "exited", code: 0 });
    expect(world.body(root).resumed).toEqual([-1]);
    world.launches[0]!.ready(undefined);
    expect(world.body(root).resumed).toEqual([-1]);
  });

  test("spawn inside the start function traps", () => {
    const world = new World();
    const root = world.root();
    startSpawn(world, root);
    const child = world.process(2);
    expect(() => world.run(child, (kernel) => kernel.spawn(child, request(), () => {}))).toThrow(GuestTrap);
  });

  test("a parent that dies meanwhile takes the unfinished child along, and its late end changes nothing", () => {
    const world = new World();
    const root = world.root();
    const parent = world.spawn(root);
    startSpawn(world, parent);
    world.run(root, (kernel) => kernel.kill(root, parent.pid));
    const child = world.process(3);
    expect(child.state).toBe("ended");
    expect(world.body(child).stops).toBe(1);
    world.launches[0]!.ready(undefined);
    expect(world.started).not.toContain(child.pid);
    expect(world.body(parent).resumed).toEqual([]);
  });
});

describe("the environment", () => {
  test("closing it ends every process silently and stops its timers", () => {
    const world = new World();
    const root = world.root();
    const child = world.spawn(root, { link: 1n });
    startSpawn(world, child);
    world.run(root, (kernel) => kernel.sendAfter(root, child.pid, 5n, data()));
    world.receive(root, undefined, 10n);
    world.observe();
    world.kernel.closeEnvironment(root.environment.id);
    for (const process of [root, child, world.process(3)]) {
      expect(process.state).toBe("ended");
      expect(world.body(process).stops).toBe(1);
    }
    expect(world.ended.map((end) => end.cause)).toEqual([
      { type: "environmentEnded" },
      { type: "environmentEnded" },
    ]);
    expect(world.timers.pending).toBe(0);
    expect(world.events.filter((event) => event.kind === EventKind.EnvironmentEnded)).toHaveLength(1);
    world.launches[0]!.ready(undefined);
    expect(world.started).toHaveLength(2);
  });

  test("closing it while one of its processes runs stops that one at its next yield", () => {
    const world = new World();
    const root = world.root();
    const outcome = world.run(root, (kernel) => {
      kernel.closeEnvironment(root.environment.id);
      kernel.yieldPoint(root);
    });
    expect(outcome).toBe("stopped");
    expect(world.body(root).stops).toBe(0);
  });

  test("a message from outside reaches its process", () => {
    const world = new World();
    const root = world.root();
    world.receive(root);
    world.kernel.inject(world.environment, root.pid, data(4n, "from the page"));
    expect(world.body(root).resumed).toEqual([0]);
  });
});

describe("compile_module", () => {
  test("parks the caller until the module is there", () => {
    const world = new World();
    const root = world.root();
    const outcome = world.run(root, (kernel) =>
      kernel.compileModule(root, new Uint8Array(1), (result) => {
        world.body(root).resume("module" in result ? result.module : undefined);
      }),
    );
    expect(outcome).toBe(PARKED);
    world.compiles[0]!({ module: STARTING_MODULE });
    expect(world.body(root).resumed).toEqual([STARTING_MODULE]);
  });

  test("a module that comes after its process died is dropped", () => {
    const world = new World();
    const child = world.spawn(world.root());
    world.run(child, (kernel) => kernel.compileModule(child, new Uint8Array(1), () => expect.unreachable()));
    world.kernel.killFromOutside(world.environment, child.pid);
    world.compiles[0]!({ module: STARTING_MODULE });
    expect(child.state).toBe("ended");
  });
});

test("an observer sees a spawn with parent, module and entry, and the wait for a start function", () => {
  const world = new World();
  const root = world.root();
  world.observe();
  startSpawn(world, root);
  expect(world.events).toMatchObject([
    { kind: EventKind.Spawn, pid: 2, other: root.pid, value: STARTING_MODULE, text: "entry" },
    { kind: EventKind.Park, pid: root.pid, value: ParkReason.Spawn },
  ]);
});
