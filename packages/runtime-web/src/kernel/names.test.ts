import { describe, expect, test } from "vitest";
import { EventKind } from "../inspect/events.ts";
import { GuestTrap } from "./guestTrap.ts";
import { PARKED } from "./parked.ts";
import type { Process } from "./process.ts";
import type { GetOrSpawnOutcome, SpawnRequest } from "./spawnRequest.ts";
import { directories } from "./testing/directories.ts";
import { configThatMay, data, request, STARTING_MODULE, World } from "./testing/world.ts";

function getOrSpawn(
  world: World,
  caller: Process,
  outcomes: GetOrSpawnOutcome[],
  options: Partial<SpawnRequest> = {},
) {
  return world.run(caller, (kernel) =>
    kernel.getOrSpawn(caller, "service", request(options), (outcome) => outcomes.push(outcome)),
  );
}

function lookUp(world: World, caller: Process, name = "service") {
  return world.run(caller, (kernel) =>
    kernel.registryGet(caller, name, (entry) => world.body(caller).resume(entry?.pid ?? -1n)),
  );
}

function change(world: World, caller: Process, operation: "put" | "remove") {
  return world.run(caller, (kernel) =>
    operation === "put"
      ? kernel.registryPut(caller, "service", 0n, 99n, () => {})
      : kernel.registryRemove(caller, "service", () => {}),
  );
}

describe("registry (host ABI ch. 8)", () => {
  test("put, get and remove act at once where the registry is", () => {
    const world = new World();
    const root = world.root();
    world.run(root, (kernel) => {
      expect(kernel.registryPut(root, "a/b", 3n, 12345n, () => {})).toBeUndefined();
      expect(kernel.registryGet(root, "a/b", () => {})).toEqual({ node: 3n, pid: 12345n });
      kernel.registryPut(root, "a/b", 0n, 2n, () => {});
      expect(kernel.registryGet(root, "a/b", () => {})).toEqual({ node: 0n, pid: 2n });
      expect(kernel.registryRemove(root, "a/b", () => {})).toBeUndefined();
      expect(kernel.registryGet(root, "a/b", () => {})).toBeUndefined();
    });
  });

  test("a dead process stays registered", () => {
    const world = new World();
    const root = world.root();
    const child = world.spawn(root);
    world.run(root, (kernel) => kernel.registryPut(root, "service", 0n, BigInt(child.pid), () => {}));
    world.kernel.exit(child, { type: "returned" });
    expect(lookUp(world, root)).toEqual({ node: 0n, pid: BigInt(child.pid) });
  });

  test("an observer sees names come and go, each with the process it leads to", () => {
    const world = new World();
    const root = world.root();
    world.observe();
    world.run(root, (kernel) => {
      kernel.registryPut(root, "service", 0n, 7n, () => {});
      kernel.registryRemove(root, "service", () => {});
      kernel.registryRemove(root, "service", () => {});
    });
    expect(world.events).toMatchObject([
      { kind: EventKind.NameRegistered, pid: 7, text: "service" },
      { kind: EventKind.NameRemoved, pid: 7, text: "service" },
    ]);
  });
});

describe("get_or_spawn", () => {
  test("spawns and registers when the name is free, and finds it afterwards", () => {
    const world = new World();
    const root = world.root();
    expect(getOrSpawn(world, root, [])).toEqual({ found: false, pid: 2 });
    expect(getOrSpawn(world, root, [])).toEqual({ found: true, node: 0n, pid: 2n });
    expect(world.processes.size).toBe(2);
  });

  test("finding needs no permission and does not look at the request", () => {
    const world = new World();
    const root = world.root();
    const child = world.spawn(root, { config: configThatMay({ canSpawnProcesses: false }) });
    getOrSpawn(world, root, []);
    const outcome = world.run(child, (kernel) =>
      kernel.getOrSpawn(
        child,
        "service",
        () => {
          throw new GuestTrap("unknown config");
        },
        () => {},
      ),
    );
    expect(outcome).toMatchObject({ found: true });
  });

  test("a request that traps leaves the name free for others", () => {
    const world = new World();
    const root = world.root();
    const spawnBadly = () =>
      world.run(root, (kernel) =>
        kernel.getOrSpawn(
          root,
          "service",
          () => {
            throw new GuestTrap("unknown config");
          },
          () => {},
        ),
      );
    expect(spawnBadly).toThrow("unknown config");
    expect(getOrSpawn(world, root, [])).toEqual({ found: false, pid: 2 });
  });

  test("a failed instantiation registers nothing", () => {
    const world = new World();
    const root = world.root();
    expect(getOrSpawn(world, root, [], { entry: "does not instantiate" })).toEqual({
      failure: "no room for it",
    });
    expect(lookUp(world, root)).toBeUndefined();
  });

  test("while one spawns, others who ask for the name wait and then find it", () => {
    const world = new World();
    const root = world.root();
    const [first, second, third] = [world.spawn(root), world.spawn(root), world.spawn(root)];
    const outcomes: GetOrSpawnOutcome[] = [];
    expect(getOrSpawn(world, first, outcomes, { module: STARTING_MODULE })).toBe(PARKED);
    expect(getOrSpawn(world, second, outcomes)).toBe(PARKED);
    expect(lookUp(world, third)).toBe(PARKED);
    world.launches[0]!.ready(undefined);
    expect(outcomes).toHaveLength(2);
    expect(outcomes).toContainEqual({ found: false, pid: 5 });
    expect(outcomes).toContainEqual({ found: true, node: 0n, pid: 5n });
    expect(world.body(third).resumed).toEqual([5n]);
  });

  test("other names are not held up by it", () => {
    const world = new World();
    const root = world.root();
    const other = world.spawn(root);
    getOrSpawn(world, root, [], { module: STARTING_MODULE });
    expect(lookUp(world, other, "elsewhere")).toBeUndefined();
  });

  test("the start function of the new process may use the registry, even its own name", () => {
    const world = new World();
    const root = world.root();
    getOrSpawn(world, root, [], { module: STARTING_MODULE });
    const child = world.process(2);
    expect(lookUp(world, child)).toBeUndefined();
  });

  test("if the spawner is killed on the way, the next who waits takes its turn", () => {
    const world = new World();
    const root = world.root();
    const [first, second] = [world.spawn(root), world.spawn(root)];
    const outcomes: GetOrSpawnOutcome[] = [];
    getOrSpawn(world, first, outcomes, { module: STARTING_MODULE });
    getOrSpawn(world, second, outcomes);
    world.kernel.killFromOutside(world.environment, first.pid);
    expect(outcomes).toEqual([{ found: false, pid: 5 }]);
    expect(world.process(4).state).toBe("ended");
  });

  test("one who was killed while it waited does not keep the name", () => {
    const world = new World();
    const root = world.root();
    const [first, second, third] = [world.spawn(root), world.spawn(root), world.spawn(root)];
    const outcomes: GetOrSpawnOutcome[] = [];
    getOrSpawn(world, first, outcomes, { module: STARTING_MODULE });
    getOrSpawn(world, second, outcomes);
    getOrSpawn(world, third, outcomes);
    world.kernel.killFromOutside(world.environment, second.pid);
    world.launches[0]!.ready("failed");
    expect(outcomes).toEqual(expect.arrayContaining([{ failure: "failed" }, { found: false, pid: 6 }]));
    expect(outcomes).toHaveLength(2);
  });

  test.each(["put", "remove"] as const)("a %s that waits for the name dies with its caller", (operation) => {
    const world = new World();
    const root = world.root();
    const [spawner, caller] = [world.spawn(root), world.spawn(root)];
    getOrSpawn(world, spawner, [], { module: STARTING_MODULE });
    expect(change(world, caller, operation)).toBe(PARKED);
    world.kernel.killFromOutside(world.environment, caller.pid);
    world.launches[0]!.ready(undefined);
    expect(lookUp(world, root)).toMatchObject({ pid: 4n });
  });
});

describe("the first message to a process made by get_or_spawn is its parent's", () => {
  function named() {
    const world = new World();
    const root = world.root();
    const other = world.spawn(root);
    getOrSpawn(world, root, []);
    return { world, root, other, child: world.process(3) };
  }

  test("messages of others wait until the parent has sent", () => {
    const { world, root, other, child } = named();
    world.send(other, child, 0n, "intruder");
    expect(child.mailbox.size).toBe(0);
    world.send(root, child, 0n, "capture");
    world.send(other, child, 0n, "later");
    expect(world.readAll(child)).toEqual(["capture", "intruder", "later"]);
  });

  test("a parent that sends nothing lets them in when it waits", () => {
    const { world, root, other, child } = named();
    world.send(other, child, 0n, "other");
    world.receive(root);
    expect(world.readAll(child)).toEqual(["other"]);
  });

  test("a parent that computes lets them in at its second yield: the first may fall just before its send", () => {
    const { world, root, other, child } = named();
    world.send(other, child, 0n, "other");
    world.yield(root);
    expect(child.mailbox.size).toBe(0);
    world.yield(root);
    expect(world.readAll(child)).toEqual(["other"]);
  });

  test("a parent that dies lets them in", () => {
    const { world, root, other, child } = named();
    world.send(other, child, 0n, "other");
    world.kernel.exit(root, { type: "returned" });
    expect(world.readAll(child)).toEqual(["other"]);
  });

  test("other signals are not held back", () => {
    const { world, other, child } = named();
    world.run(other, (kernel) => kernel.kill(other, child.pid));
    expect(child.state).toBe("ended");
  });

  test("it holds across executors", () => {
    const world = new World(2, directories("shared", 2));
    const root = world.root();
    const other = world.spawn(root);
    world.placement = () => 1;
    getOrSpawn(world, root, []);
    const send = (from: Process, text: string) =>
      world.run(from, (kernel) => kernel.send(from, 3 as Process["pid"], data(0n, text)));
    send(other, "intruder");
    send(root, "capture");
    world.deliverAll();
    expect(world.readAll(world.process(3))).toEqual(["capture", "intruder"]);
  });
});

describe("names across executors", () => {
  function apart() {
    const world = new World(3, directories("shared", 3));
    const root = world.root();
    return { world, root, one: world.spawn(root, {}, 1), two: world.spawn(root, {}, 2) };
  }

  test("a name put on one executor is found on another", () => {
    const { world, one, two } = apart();
    expect(
      world.run(one, (kernel) => kernel.registryPut(one, "service", 0n, 9n, () => world.body(one).resume(0))),
    ).toBe(PARKED);
    world.deliverAll();
    expect(world.body(one).resumed).toEqual([0]);
    lookUp(world, two);
    world.deliverAll();
    expect(world.body(two).resumed).toEqual([9n]);
  });

  test.each(["put", "remove"] as const)("a %s that waits elsewhere dies with its caller", (operation) => {
    const { world, root, one } = apart();
    world.placement = () => 0;
    getOrSpawn(world, root, [], { module: STARTING_MODULE });
    expect(change(world, one, operation)).toBe(PARKED);
    world.deliverAll();
    world.kernels[1]!.killFromOutside(world.environments[1]!, one.pid);
    world.deliverAll();
    world.launches[0]!.ready(undefined);
    expect(lookUp(world, root)).toMatchObject({ pid: 4n });
  });

  test("of several callers at once exactly one spawns, whatever order their requests arrive in", () => {
    for (const order of [
      [1, 2],
      [2, 1],
    ] as const) {
      const { world, root, one, two } = apart();
      const outcomes: GetOrSpawnOutcome[] = [];
      world.placement = () => 2;
      getOrSpawn(world, one, outcomes);
      getOrSpawn(world, two, outcomes);
      for (const executor of order) world.deliverOne(executor, 0);
      const here = getOrSpawn(world, root, outcomes);
      expect(here).toBe(PARKED);
      world.deliverAll();
      expect(outcomes.filter((outcome) => "found" in outcome && !outcome.found)).toHaveLength(1);
      expect(outcomes.filter((outcome) => "found" in outcome && outcome.found)).toHaveLength(2);
      const pids = outcomes.map((outcome) => ("pid" in outcome ? Number(outcome.pid) : undefined));
      expect(new Set(pids)).toEqual(new Set([4]));
      expect(world.processes.size).toBe(4);
    }
  });

  test("a spawner that dies with its executor leaves the name to the next", () => {
    const { world, root, one } = apart();
    const outcomes: GetOrSpawnOutcome[] = [];
    getOrSpawn(world, one, outcomes);
    world.deliverOne(1, 0);
    world.placement = () => 0;
    expect(getOrSpawn(world, root, outcomes)).toBe(PARKED);
    world.lose(1);
    expect(outcomes).toMatchObject([{ found: false }]);
  });

  test("when the registry's executor is lost, whoever waits for it traps instead of waiting for ever", () => {
    const { world, one } = apart();
    lookUp(world, one);
    world.lose(0);
    expect(world.body(one).traps).toHaveLength(1);
    expect(world.body(one).traps[0]).toBeInstanceOf(GuestTrap);
    expect(one.state).toBe("runnable");
    expect(() => lookUp(world, one)).toThrow(GuestTrap);
  });
});
