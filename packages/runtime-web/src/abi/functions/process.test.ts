import { describe, expect, test } from "vitest";
import { EventKind } from "../../inspect/events.ts";
import { GuestTrap } from "../../kernel/guestTrap.ts";
import type { ModuleId } from "../../kernel/ids.ts";
import { configThatMay } from "../../kernel/testing/world.ts";
import { encodeEntryParams } from "../entryParams.ts";
import { type Guest, Host, type Value } from "../testing/guest.ts";

interface SpawnOptions {
  link?: bigint;
  config?: bigint;
  module?: bigint;
  entry?: string;
  params?: Uint8Array;
  idPtr?: number;
}

function spawnValues(guest: Guest, options: SpawnOptions): Value[] {
  const { link = 0n, config = -1n, module = -1n, entry = "entry", params = new Uint8Array(0) } = options;
  return [link, config, module, ...guest.put(entry), ...guest.put(params)];
}

function spawn(guest: Guest, options: SpawnOptions = {}) {
  const idPtr = options.idPtr ?? guest.room(8);
  const code = guest.call("process::spawn", ...spawnValues(guest, options), idPtr);
  return { code, id: guest.u64(idPtr) };
}

function getOrSpawn(guest: Guest, name: string, options: SpawnOptions = {}) {
  const nodePtr = guest.room(8);
  const idPtr = guest.room(8);
  guest.memory.bytes.fill(0xee, guest.memory.address(nodePtr, 8), guest.memory.address(idPtr, 8) + 8);
  const values = [...guest.put(name), ...spawnValues(guest, options), nodePtr, idPtr];
  const code = guest.call("process::get_or_spawn", ...values);
  return { code, node: guest.u64(nodePtr), id: guest.u64(idPtr) };
}

describe("spawn (host ABI 3.6, ch. 4)", () => {
  test("gives 0 and the new id, and the child has entry, params, the caller's module and config", () => {
    const host = new Host();
    const params = encodeEntryParams([{ type: "i32", value: 3 }]);
    const { code, id } = spawn(host.root, { entry: "run é", params });
    expect({ code, id }).toEqual({ code: 0, id: 2n });
    const child = host.world.process(2);
    expect(child).toMatchObject({ entry: "run é", parent: 1, module: host.root.process.module });
    expect(child.params).toEqual(params);
    expect(child.config).toBe(host.root.process.config);
  });

  test("the params belong to the child: later writes of the parent do not reach it", () => {
    const host = new Host();
    const { root } = host;
    const [ptr, len] = root.put(encodeEntryParams([{ type: "i32", value: 3 }]));
    root.call("process::spawn", 0n, -1n, -1n, ...root.put("entry"), ptr, len, root.room(8));
    root.memory.bytes[root.memory.address(ptr, 1) + 1] = 99;
    expect(host.world.process(2).params[1]).toBe(3);
  });

  test("a config resource is copied at the spawn: setters afterwards do not reach the child", () => {
    const host = new Host();
    const { root } = host;
    const config = root.call("process::create_config") as bigint;
    root.call("process::config_set_max_fuel", config, 5n);
    root.call("wasi::config_add_command_line_argument", config, ...root.put("before"));
    spawn(root, { config });
    root.call("process::config_set_max_fuel", config, 6n);
    root.call("wasi::config_add_command_line_argument", config, ...root.put("after"));
    expect(host.world.process(2).config).toMatchObject({ maxFuel: 5n, commandLineArguments: ["before"] });
  });

  test("a module resource is used by its id", () => {
    const host = new Host();
    const module = host.root.process.modules.add(9 as ModuleId);
    spawn(host.root, { module });
    expect(host.world.process(2).module).toBe(9);
  });

  test("with a link the parent dies of the child's failure with the spawn's tag", () => {
    const host = new Host();
    host.root.call("process::die_when_link_dies", 0);
    spawn(host.root, { link: 13n });
    const child = host.guest(host.world.process(2));
    host.world.yield(host.root.process);
    child.call("process::kill", child.pid);
    host.world.yield(child.process);
    expect(host.root.call("message::receive", ...host.root.putTags(13n), 0n)).toBe(1);
  });

  test("an instantiation that fails gives 1 and an error id with the text", () => {
    const { root } = new Host();
    const { code, id } = spawn(root, { entry: "does not instantiate" });
    expect(code).toBe(1);
    expect(root.errorText(id)).toBe("no room for it");
  });

  test("an export that does not exist is not the spawn's business (ch. 17, 8)", () => {
    expect(spawn(new Host().root, { entry: "no such export" }).code).toBe(0);
  });

  test.each([
    ["an unknown config", { config: 4n }, "config 4 does not exist"],
    ["an unknown module", { module: 4n }, "module 4 does not exist"],
    ["params that are no whole records", { params: new Uint8Array(18) }, "17-byte records"],
    ["params of an unknown type", { params: new Uint8Array(17) }, "type byte 0x0"],
  ])("%s traps", (_, options, text) => {
    const { root } = new Host();
    expect(() => spawn(root, options)).toThrow(GuestTrap);
    expect(() => spawn(root, options)).toThrow(text);
  });

  test("an id pointer outside memory traps", () => {
    const { root } = new Host();
    expect(() => spawn(root, { idPtr: root.memory.size - 7 })).toThrow(GuestTrap);
    expect(root.memory.isIntact).toBe(true);
  });

  test("without can_spawn_processes it traps and observers are told", () => {
    const host = new Host();
    const child = host.child({ config: configThatMay({ canSpawnProcesses: false }) });
    host.world.observe();
    expect(() => spawn(child)).toThrow("can_spawn_processes");
    expect(host.world.events).toMatchObject([{ kind: EventKind.Notice, pid: Number(child.pid) }]);
  });
});

describe("get_or_spawn (host ABI 3.6, ch. 8)", () => {
  test("spawns under a free name: 0, own node 0, the id; and registers the name", () => {
    const { root } = new Host();
    expect(getOrSpawn(root, "counter")).toEqual({ code: 0, node: 0n, id: 2n });
    expect(getOrSpawn(root, "counter")).toEqual({ code: 2, node: 0n, id: 2n });
  });

  test("a taken name is answered without permission and without looking at the other arguments", () => {
    const host = new Host();
    host.root.call("registry::put", ...host.root.put("dead"), 5n, 77n);
    const child = host.child({ config: configThatMay({ canSpawnProcesses: false }) });
    const wrong = { config: 99n, module: 99n, params: new Uint8Array(3) };
    expect(getOrSpawn(child, "dead", wrong)).toEqual({ code: 2, node: 5n, id: 77n });
  });

  test("a free name needs the permission, and right arguments", () => {
    const host = new Host();
    const child = host.child({ config: configThatMay({ canSpawnProcesses: false }) });
    expect(() => getOrSpawn(child, "free")).toThrow("can_spawn_processes");
    expect(() => getOrSpawn(host.root, "free", { config: 99n })).toThrow("config 99 does not exist");
  });

  test("an instantiation that fails gives 1, node 0 and an error id, and registers nothing (ch. 17, 2)", () => {
    const { root } = new Host();
    const failed = getOrSpawn(root, "name", { entry: "does not instantiate" });
    expect(failed).toMatchObject({ code: 1, node: 0n });
    expect(root.errorText(failed.id)).toBe("no room for it");
    expect(getOrSpawn(root, "name").code).toBe(0);
  });
});

describe("modules (host ABI 3.6)", () => {
  const WASM = Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);

  test("compile_module parks; the id is written to the caller's memory when it is done", () => {
    const host = new Host();
    const { root } = host;
    const other = host.child();
    const idPtr = root.room(8);
    root.memory.view.setBigUint64(root.memory.address(idPtr, 8), 99n, true);
    expect(root.call("process::compile_module", ...root.put(WASM), idPtr)).toBe("parked");
    // Meanwhile another process runs on this executor.
    other.call("process::process_id");
    host.world.compiles[0]!({ module: 5 as ModuleId });
    expect(root.body.resumed).toEqual([0]);
    expect(root.u64(idPtr)).toBe(0n);
    expect(root.process.modules.get(0n)).toBe(5);
  });

  test("a module that does not compile gives 1 and an error id with the reason", () => {
    const host = new Host();
    const { root } = host;
    const idPtr = root.room(8);
    root.call("process::compile_module", ...root.put("not wasm"), idPtr);
    host.world.compiles[0]!({ failure: "no magic number" });
    expect(root.body.resumed).toEqual([1]);
    expect(root.errorText(root.u64(idPtr))).toBe("no magic number");
  });

  test("an id pointer outside memory makes the parked call trap, naming the host function", () => {
    const host = new Host();
    const { root } = host;
    root.call("process::compile_module", ...root.put(WASM), -8);
    host.world.compiles[0]!({ module: 5 as ModuleId });
    expect(root.body.resumed).toEqual([]);
    expect(root.body.traps).toMatchObject([{ name: "OutOfBoundsError" }]);
    expect(String(root.body.traps[0])).toContain("lunatic::process::compile_module: the range of 8 bytes");
    expect(root.memory.isIntact).toBe(true);
  });

  test("without can_compile_modules it gives -1, writes nothing and tells observers", () => {
    const host = new Host();
    const child = host.child({ config: configThatMay({ canCompileModules: false }) });
    host.world.observe();
    const idPtr = child.room(8);
    expect(child.call("process::compile_module", ...child.put(WASM), idPtr)).toBe(-1);
    expect(child.u64(idPtr)).toBe(0n);
    expect(host.world.events).toMatchObject([
      {
        kind: EventKind.Notice,
        pid: Number(child.pid),
        text: expect.stringContaining("can_compile_modules"),
      },
    ]);
  });

  test("drop_module removes the id, and traps for one that is unknown", () => {
    const { root } = new Host();
    const id = root.process.modules.add(5 as ModuleId);
    root.call("process::drop_module", id);
    expect(() => root.call("process::drop_module", id)).toThrow(`module ${id} does not exist`);
  });
});

describe("itself and others (host ABI 3.6, ch. 5, 7)", () => {
  test("process_id and environment_id are the caller's", () => {
    const host = new Host();
    const child = host.child();
    expect(host.root.call("process::process_id")).toBe(1n);
    expect(child.call("process::process_id")).toBe(2n);
    expect(child.call("process::environment_id")).toBe(1n);
  });

  test("exists gives 1 for the living and 0 for the dead and the unknown", () => {
    const host = new Host();
    const child = host.child();
    expect(host.root.call("process::exists", child.pid)).toBe(1);
    host.root.call("process::kill", child.pid);
    for (const pid of [child.pid, 0n, 99n, -1n]) expect(host.root.call("process::exists", pid)).toBe(0);
  });

  test("kill, unlink, monitor and stop_monitoring of nobody do nothing", () => {
    const host = new Host();
    for (const name of ["kill", "unlink", "monitor", "stop_monitoring"]) {
      for (const pid of [0n, 99n, -1n]) expect(host.root.call(`process::${name}`, pid)).toBeUndefined();
    }
    expect(host.world.yield(host.root.process)).toBe("alive");
  });

  test("a link to nobody ends the caller at its next yield, or tells it if it does not die with links", () => {
    const host = new Host();
    const careful = host.child();
    careful.call("process::die_when_link_dies", 0);
    careful.call("process::link", 4n, 99n);
    host.world.yield(careful.process);
    expect(careful.call("message::receive", 0, 0, 0n)).toBe(1);
    expect(careful.call("message::get_tag")).toBe(4n);
    const doomed = host.child();
    expect(doomed.call("process::link", 4n, 99n)).toBeUndefined();
    expect(host.world.yield(doomed.process)).toBe("stopped");
  });

  test("after unlink a failure of the other does not matter", () => {
    const host = new Host();
    const child = host.child();
    host.root.call("process::link", 4n, child.pid);
    host.root.call("process::unlink", child.pid);
    host.world.yield(host.root.process);
    host.root.call("process::kill", child.pid);
    expect(host.world.yield(host.root.process)).toBe("alive");
  });

  test("after stop_monitoring a death is not told", () => {
    const host = new Host();
    const child = host.child();
    host.root.call("process::monitor", child.pid);
    host.root.call("process::stop_monitoring", child.pid);
    host.root.call("process::kill", child.pid);
    host.world.yield(host.root.process);
    expect(host.root.process.mailbox.size).toBe(0);
  });

  test("a process that kills itself goes on until it yields (ch. 17, 9)", () => {
    const host = new Host();
    const child = host.child();
    child.call("process::kill", child.pid);
    expect(child.call("process::process_id")).toBe(child.pid);
    expect(host.world.yield(child.process)).toBe("stopped");
  });

  test("any value but 0 makes a process die with its links again", () => {
    const host = new Host();
    const child = host.child();
    child.call("process::die_when_link_dies", 0);
    child.call("process::die_when_link_dies", -1);
    child.call("process::link", 1n, 99n);
    expect(host.world.yield(child.process)).toBe("stopped");
  });

  test("sleep_ms parks for that long", () => {
    const host = new Host();
    const child = host.child();
    expect(child.call("process::sleep_ms", 30n)).toBe("parked");
    host.world.timers.advance(29);
    expect(child.body.resumed).toHaveLength(0);
    host.world.timers.advance(1);
    expect(child.body.resumed).toHaveLength(1);
  });
});
