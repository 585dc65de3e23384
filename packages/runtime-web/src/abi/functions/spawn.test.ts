import { describe, expect, test } from "vitest";
import { EventKind } from "../../inspect/events.ts";
import { GuestTrap } from "../../kernel/guestTrap.ts";
import type { ModuleId } from "../../kernel/ids.ts";
import { configThatMay, STARTING_MODULE } from "../../kernel/testing/world.ts";
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

describe("get_or_spawn while the child's start function runs (host ABI 3.6, ch. 4, 8)", () => {
  /** The root parked in get_or_spawn of a module whose start function has not ended. */
  function launching() {
    const host = new Host();
    const other = host.child();
    const module = host.root.process.modules.add(STARTING_MODULE);
    const nodePtr = host.root.room(8);
    const idPtr = host.root.room(8);
    const values = [...host.root.put("name"), ...spawnValues(host.root, { module }), nodePtr, idPtr];
    expect(host.root.call("process::get_or_spawn", ...values)).toBe("parked");
    return { host, other, idPtr, finish: (failure?: string) => host.world.launches[0]!.ready(failure) };
  }

  test("each process finds its answer in its own memory, also if another one called meanwhile", () => {
    const { host, other, idPtr, finish } = launching();
    const otherIdPtr = other.room(8);
    const values = [...other.put("name"), ...spawnValues(other, {}), other.room(8), otherIdPtr];
    expect(other.call("process::get_or_spawn", ...values)).toBe("parked");
    finish();
    expect([host.root.body.resumed, host.root.u64(idPtr)]).toEqual([[0], 3n]);
    expect([other.body.resumed, other.u64(otherIdPtr)]).toEqual([[2], 3n]);
  });

  test("registry::get of the name waits, and is answered in its caller's memory", () => {
    const { other, finish } = launching();
    const pidPtr = other.room(8);
    expect(other.call("registry::get", ...other.put("name"), other.room(8), pidPtr)).toBe("parked");
    finish();
    expect([other.body.resumed, other.u64(pidPtr)]).toEqual([[0], 3n]);
  });

  test("registry::put and remove of the name wait too, and return nothing", () => {
    const { other, finish } = launching();
    expect(other.call("registry::put", ...other.put("name"), 0n, 9n)).toBe("parked");
    finish();
    expect(other.body.resumed).toEqual([undefined]);
  });

  test("a failing start function gives the parked caller 1 and an error id", () => {
    const { host, idPtr, finish } = launching();
    finish("start trapped");
    expect(host.root.body.resumed).toEqual([1]);
    expect(host.root.errorText(host.root.u64(idPtr))).toBe("start trapped");
  });

  test("a process cannot spawn before its own start function has ended: a trap", () => {
    const { host } = launching();
    const starting = host.guest(host.world.launches[0]!.process);
    expect(() => spawn(starting)).toThrow("start function");
  });
});
