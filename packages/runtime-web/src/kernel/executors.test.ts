import { beforeEach, describe, expect, test } from "vitest";
import type { EnvironmentId, Pid } from "./ids.ts";
import { PARKED } from "./parked.ts";
import type { Process } from "./process.ts";
import { DIRECTORIES, type DirectoryKind, directories } from "./testing/directories.ts";
import { ARRIVING_MODULE, data, request, STARTING_MODULE, World } from "./testing/world.ts";

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

describe.each(DIRECTORIES)(
  "with a %s directory, processes on several executors behave as on one",
  (directory) => {
    beforeEach(() => {
      kind = directory;
    });

    test("a spawn elsewhere returns at once, and the child runs there", () => {
      const { world, root } = apart();
      expect(spawnInFlight(world, root, 1)).toEqual({ pid: 3 });
      expect(world.kernel.exists(root, 3 as Pid, () => {})).toBe(true);
      world.deliverAll();
      expect(world.kernelOf(world.process(3))).toBe(world.kernels[1]);
      expect(world.started).toContain(3);
    });

    test("messages of one sender keep their order across executors", () => {
      const { world, root, remote } = apart();
      for (const text of ["a", "b", "c"]) world.send(root, remote, 0n, text);
      world.deliverAll();
      expect(world.readAll(remote)).toEqual(["a", "b", "c"]);
    });

    test("signals that outrun their target's creation wait for it, in order", () => {
      const world = worldOf(3);
      const root = world.root();
      const third = world.spawn(root, {}, 2);
      spawnInFlight(world, root, 1);
      const child = 3 as Pid;
      world.run(third, (kernel) => {
        kernel.send(third, child, data(0n, "one"));
        kernel.link(third, 9n, child);
        kernel.send(third, child, data(0n, "two"));
      });
      world.yield(third);
      while (world.deliverOne(2, 1));
      expect(world.processes.has(child)).toBe(false);
      world.deliverAll();
      expect(world.readAll(world.process(child))).toEqual(["one", "two"]);
      expect([...world.process(child).links]).toEqual([[third.pid, 9n]]);
    });

    test("a link works in both directions", () => {
      const { world, root, remote } = apart();
      world.run(root, (kernel) => {
        kernel.dieWhenLinkDies(root, false);
        kernel.link(root, 5n, remote.pid);
      });
      world.yield(root);
      world.deliverAll();
      world.kernels[1]!.exit(remote, { type: "trapped", message: "", stack: "" });
      world.deliverAll();
      expect([...root.mailbox]).toEqual([{ kind: "linkDied", tag: 5n, from: remote.pid }]);
    });

    test("a link that crosses the end of its target is answered with NoProcess", () => {
      const { world, root, remote } = apart();
      world.run(root, (kernel) => {
        kernel.dieWhenLinkDies(root, false);
        kernel.link(root, 5n, remote.pid);
      });
      world.yield(root);
      world.kernels[1]!.exit(remote, { type: "returned" });
      world.deliverAll();
      expect([...root.mailbox]).toEqual([{ kind: "linkDied", tag: 5n, from: remote.pid }]);
    });

    test("an unlink that crosses the notice of a death wins", () => {
      const { world, root, remote } = apart();
      world.run(root, (kernel) => kernel.link(root, 5n, remote.pid));
      world.yield(root);
      world.deliverAll();
      world.kernels[1]!.exit(remote, { type: "trapped", message: "", stack: "" });
      world.run(root, (kernel) => kernel.unlink(root, remote.pid));
      world.yield(root);
      world.deliverAll();
      expect(root.state).not.toBe("ended");
    });

    test("monitor, stop_monitoring and kill reach across", () => {
      const { world, root, remote } = apart();
      const second = world.spawn(root, {}, 1);
      world.run(root, (kernel) => {
        kernel.monitor(root, remote.pid);
        kernel.monitor(root, second.pid);
        kernel.stopMonitoring(root, second.pid);
        kernel.kill(root, remote.pid);
        kernel.kill(root, second.pid);
      });
      world.deliverAll();
      expect(remote.state).toBe("ended");
      expect(world.kernel.exists(root, remote.pid, () => {})).toBe(false);
      expect([...root.mailbox]).toEqual([{ kind: "processDied", from: remote.pid }]);
    });

    test("a linked spawn elsewhere links both, with the tag on the child's side", () => {
      const { world, root } = apart();
      const child = world.spawn(root, { link: 4n }, 1);
      expect([...child.links]).toEqual([[root.pid, 4n]]);
      expect([...root.links]).toEqual([[child.pid, 0n]]);
    });

    test("a child that cannot be instantiated elsewhere is a failure to its link", () => {
      const { world, root } = apart();
      world.run(root, (kernel) => kernel.dieWhenLinkDies(root, false));
      expect(spawnInFlight(world, root, 1, { link: 4n, entry: "does not instantiate" })).toEqual({ pid: 3 });
      world.deliverAll();
      expect([...root.mailbox]).toEqual([{ kind: "linkDied", tag: 4n, from: 3 }]);
      expect(world.kernel.exists(root, 3 as Pid, () => {})).toBe(false);
    });

    test("signals wait for a process whose module is still on its way, and are answered if it fails", () => {
      const world = worldOf(3);
      const root = world.root();
      const third = world.spawn(root, {}, 2);
      world.run(third, (kernel) => kernel.dieWhenLinkDies(third, false));
      for (const failure of [undefined, "no room for it"]) {
        const { pid } = spawnInFlight(world, root, 1, { module: ARRIVING_MODULE }) as { pid: Pid };
        world.run(third, (kernel) => {
          kernel.link(third, 8n, pid);
          kernel.send(third, pid, data(0n, "early"));
        });
        world.yield(third);
        world.deliverAll();
        world.launches.pop()!.ready(failure);
        world.deliverAll();
        const child = world.process(pid);
        expect(world.readAll(child)).toEqual(failure === undefined ? ["early"] : []);
        expect(world.readAll(third)).toEqual(failure === undefined ? [] : ["linkDied"]);
      }
    });

    test("a module with a start function keeps its parent waiting for the reply", () => {
      const { world, root } = apart();
      expect(spawnInFlight(world, root, 1, { module: STARTING_MODULE, link: 4n })).toBe(PARKED);
      world.deliverAll();
      world.launches[0]!.ready(undefined);
      world.deliverAll();
      expect(world.body(root).resumed).toEqual([3]);
      expect([...root.links]).toEqual([[3, 0n]]);
    });

    test("a failing start function elsewhere is the parent's failure", () => {
      const { world, root } = apart();
      spawnInFlight(world, root, 1, { module: STARTING_MODULE });
      world.deliverAll();
      world.launches[0]!.ready("trapped");
      world.deliverAll();
      expect(world.body(root).resumed).toEqual([-1]);
    });

    test("a parent that dies while its child starts elsewhere takes it along", () => {
      const { world, root } = apart();
      const parent = world.spawn(root);
      spawnInFlight(world, parent, 1, { module: STARTING_MODULE });
      world.kernel.killFromOutside(world.environment, parent.pid);
      world.deliverAll();
      expect(world.process(4).state).toBe("ended");
      expect(world.body(world.process(4)).stops).toBe(1);
    });

    test("a parent's death that crosses the news of its linked child's creation reaches the child", () => {
      const { world, root } = apart();
      const parent = world.spawn(root);
      spawnInFlight(world, parent, 1, { module: STARTING_MODULE, link: 3n });
      world.deliverAll();
      world.launches[0]!.ready(undefined);
      world.kernel.killFromOutside(world.environment, parent.pid);
      world.deliverAll();
      expect(world.causeOf(world.process(4))).toEqual({ type: "linkDied", pid: parent.pid });
    });

    test("a timer delivers to another executor", () => {
      const { world, root, remote } = apart();
      world.run(root, (kernel) => kernel.sendAfter(root, remote.pid, 5n, data(0n, "tick")));
      world.timers.advance(5);
      world.deliverAll();
      expect(world.readAll(remote)).toEqual(["tick"]);
    });

    test("what arrives for an environment before it is open here is kept, in order", () => {
      const world = worldOf(2);
      const late = world.kernels[1]!;
      const id = 2 as EnvironmentId;
      const directoryOf = directories(kind, 2);
      const options = (own: number) =>
        ({ home: 0, directory: directoryOf(own), timers: world.timers, distributed: false }) as const;
      const environment = world.kernel.openEnvironment(id, options(0));
      const root = world.kernel.spawnRoot(environment, request(), () => {});
      world.environments[0] = environment;
      spawnInFlight(world, root, 1);
      for (const text of ["one", "two"]) world.kernel.send(root, 2 as Pid, data(0n, text));
      world.deliverAll();
      world.environments[1] = late.openEnvironment(id, options(1));
      expect(world.readAll(world.process(2))).toEqual(["one", "two"]);
    });

    test("envelopes of a closed environment are dropped", () => {
      const { world, root, remote } = apart();
      world.send(root, remote);
      world.kernels[1]!.closeEnvironment(root.environment.id);
      world.deliverAll();
      expect(remote.state).toBe("ended");
    });
  },
);
