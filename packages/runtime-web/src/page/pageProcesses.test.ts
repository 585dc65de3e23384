import { describe, expect, test } from "vitest";
import type { DataMessage as KernelMessage } from "../kernel/message.ts";
import { ProcessEndedError, SpawnError } from "./errors.ts";
import { attached, bytes, PageWorld, settled } from "./testing/pageWorld.ts";

describe("spawning from a module", () => {
  test("passes entry, arguments and config on, and names the process before it runs", async () => {
    const world = new PageWorld().open();
    const pid = await world.page.spawnModule(
      "worker",
      {
        params: [-1, 2n],
        name: "worker one",
        config: { maxFuel: 3, maySpawn: false, maxMemoryBytes: 65536, env: { A: "b" } },
      },
      undefined,
    );
    const process = world.process(pid);
    expect(process).toMatchObject({ entry: "worker", parent: 0 });
    expect([...process.params]).toEqual([
      0x7f,
      ...new Array<number>(16).fill(0xff),
      0x7e,
      2,
      ...new Array<number>(15).fill(0),
    ]);
    expect(process.config).toMatchObject({
      maxMemory: 65536n,
      maxFuel: 3n,
      canSpawnProcesses: false,
      canCreateConfigs: true,
      commandLineArguments: ["app"],
      environmentVariables: [["A", "b"]],
    });
    expect(world.started).toContain(pid);
    expect(await world.page.lookup("worker one")).toBe(pid);
  });

  test("a failed instantiation is a SpawnError with its reason", async () => {
    const { world, self } = await attached();
    await expect(world.page.spawnModule("does not instantiate", {}, undefined)).rejects.toThrow(
      'Cannot spawn a process for "does not instantiate": no room for it',
    );
    await expect(self.spawn("does not instantiate")).rejects.toThrow(SpawnError);
  });

  test("a module of another runtime is refused; one that came in a message is not", async () => {
    const { world, self } = await attached();
    await expect(self.spawn("entry", { module: { id: 77 } })).rejects.toThrow(
      "use what compile() of the same runtime returned",
    );
    world.send(world.root, self.pid, 0n, "", [77]);
    const message = await self.receive();
    if (message.type !== "data") throw new Error("no data");
    const child = await self.spawn("entry", { module: message.modules[0]! });
    expect(world.process(child).module).toBe(77);
    self.send(child, 0, bytes(""), message.modules);
    await settled();
    expect(([...world.process(child).mailbox][0] as KernelMessage).resources).toEqual([
      { kind: "module", module: 77 },
    ]);
  });

  test.for([[1.5], [2 ** 32], [-(2 ** 31) - 1]])("%s is no i32", async ([param]) => {
    const { self } = await attached();
    await expect(self.spawn("entry", { params: [param!] })).rejects.toThrow(RangeError);
  });

  test("a link at spawn needs a tag", async () => {
    const { self } = await attached();
    await expect(self.spawn("entry", { link: 0 })).rejects.toThrow(RangeError);
  });

  test("a parent that ends while its child is being made takes the child back", async () => {
    const { world, self } = await attached();
    world.slowModules.add(1);
    const spawning = self.spawn("entry");
    await settled();
    self.kill(self.pid);
    await expect(spawning).rejects.toThrow(ProcessEndedError);
    world.finishLaunches();
    expect([...world.environment.processes.keys()]).toEqual([1]);
  });

  test("a receive that completes meanwhile changes nothing about that", async () => {
    const { world, self } = await attached();
    world.slowModules.add(1);
    const receiving = self.receive();
    const spawning = self.spawn("entry");
    await settled();
    world.send(world.root, self.pid, 0n, "meanwhile");
    await receiving;
    world.finishLaunches();
    expect(world.process(await spawning).state).toBe("unstarted");
    await self.close();
  });
});

describe("names", () => {
  test("lead to processes, can be taken over and made free", async () => {
    const { world, self } = await attached();
    await world.page.register("root", 1);
    expect(await world.page.lookup("root")).toBe(1);
    await self.register("root");
    expect(await world.page.lookup("root")).toBe(self.pid);
    await world.page.unregister("root");
    expect(await world.page.lookup("root")).toBeUndefined();
  });
});
