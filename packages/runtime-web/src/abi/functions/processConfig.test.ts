import { describe, expect, test } from "vitest";
import { EventKind } from "../../inspect/events.ts";
import { GuestTrap } from "../../kernel/guestTrap.ts";
import { configThatMay } from "../../kernel/testing/world.ts";
import { type Guest, Host } from "../testing/guest.ts";

const PERMISSIONS = ["compile_modules", "create_configs", "spawn_processes"];

function createConfig(guest: Guest): bigint {
  return guest.call("process::create_config") as bigint;
}

describe("configs (host ABI 3.6, ch. 9)", () => {
  test("a new config permits nothing and has the default limits", () => {
    const { root } = new Host();
    const config = createConfig(root);
    expect(config).toBe(0n);
    for (const permission of PERMISSIONS)
      expect(root.call(`process::config_can_${permission}`, config)).toBe(0);
    expect(root.call("process::config_get_max_memory", config)).toBe(4_294_967_295n);
    expect(root.call("process::config_get_max_fuel", config)).toBe(0n);
    expect(root.process.configs.get(config)).toMatchObject({
      preopenedDirs: [],
      commandLineArguments: [],
      environmentVariables: [],
    });
  });

  test.each(PERMISSIONS)("can_%s is given by any number but 0, and taken by 0", (permission) => {
    const { root } = new Host();
    const config = createConfig(root);
    for (const [given, kept] of [
      [1, 1],
      [0, 0],
      [-7, 1],
    ] as const) {
      root.call(`process::config_set_can_${permission}`, config, given);
      expect(root.call(`process::config_can_${permission}`, config)).toBe(kept);
      const others = PERMISSIONS.filter((other) => other !== permission);
      for (const other of others) expect(root.call(`process::config_can_${other}`, config)).toBe(0);
    }
  });

  test("a permission can be granted by who does not hold it (ch. 17, 20)", () => {
    const host = new Host();
    const child = host.child({ config: configThatMay({ canSpawnProcesses: false }) });
    const config = createConfig(child);
    child.call("process::config_set_can_spawn_processes", config, 1);
    expect(child.call("process::config_can_spawn_processes", config)).toBe(1);
  });

  test.each(["memory", "fuel"])("max_%s is a u64 that comes back as it was set", (limit) => {
    const { root } = new Host();
    const config = createConfig(root);
    for (const value of [0n, 1n, 2n ** 63n - 1n]) {
      root.call(`process::config_set_max_${limit}`, config, value);
      expect(root.call(`process::config_get_max_${limit}`, config)).toBe(value);
    }
    root.call(`process::config_set_max_${limit}`, config, -1n);
    expect(BigInt.asIntN(64, root.call(`process::config_get_max_${limit}`, config) as bigint)).toBe(-1n);
  });

  test("max_memory and max_fuel are two, and unsigned", () => {
    const { root } = new Host();
    const config = createConfig(root);
    root.call("process::config_set_max_memory", config, 1n);
    root.call("process::config_set_max_fuel", config, 2n);
    expect(root.process.configs.get(config)).toMatchObject({ maxMemory: 1n, maxFuel: 2n });
    root.call("process::config_set_max_memory", config, -1n);
    root.call("process::config_set_max_fuel", config, -2n);
    const largest = 2n ** 64n - 1n;
    expect(root.process.configs.get(config)).toMatchObject({ maxMemory: largest, maxFuel: largest - 1n });
  });

  test("ids count per process, and drop_config ends one for good", () => {
    const host = new Host();
    const first = createConfig(host.root);
    host.root.call("process::drop_config", first);
    expect(createConfig(host.root)).toBe(1n);
    expect(createConfig(host.child())).toBe(0n);
    expect(() => host.root.call("process::drop_config", first)).toThrow(`config ${first} does not exist`);
  });

  test.each([
    ["process::config_set_max_memory", [1n]],
    ["process::config_get_max_memory", []],
    ["process::config_set_max_fuel", [1n]],
    ["process::config_get_max_fuel", []],
    ...PERMISSIONS.map((permission) => [`process::config_can_${permission}`, []] as const),
    ...PERMISSIONS.map((permission) => [`process::config_set_can_${permission}`, [1]] as const),
    ["wasi::config_add_environment_variable", [0, 0, 0, 0]],
    ["wasi::config_add_command_line_argument", [0, 0]],
    ["wasi::config_preopen_dir", [0, 0]],
  ] as const)("%s traps for an unknown config, the -1 of spawn included", (name, values) => {
    const { root } = new Host();
    expect(() => root.call(name, 0n, ...values)).toThrow(GuestTrap);
    expect(() => root.call(name, -1n, ...values)).toThrow("config -1 does not exist");
  });

  test("without can_create_configs create_config gives -1, and observers are told", () => {
    const host = new Host();
    const child = host.child({ config: configThatMay({ canCreateConfigs: false }) });
    host.world.observe();
    expect(createConfig(child)).toBe(-1n);
    expect(host.world.events).toMatchObject([
      { kind: EventKind.Notice, pid: Number(child.pid), text: expect.stringContaining("can_create_configs") },
    ]);
  });
});

describe("lunatic::wasi (host ABI 3.8)", () => {
  test("arguments, variables and directories are appended in order", () => {
    const { root } = new Host();
    const config = createConfig(root);
    for (const text of ["app", "--é", ""]) {
      root.call("wasi::config_add_command_line_argument", config, ...root.put(text));
    }
    for (const [key, value] of [
      ["A", "1"],
      ["A", "2"],
      ["𝄞", ""],
    ] as const) {
      root.call("wasi::config_add_environment_variable", config, ...root.put(key), ...root.put(value));
    }
    for (const directory of [".", "~/missing"]) {
      root.call("wasi::config_preopen_dir", config, ...root.put(directory));
    }
    expect(root.process.configs.get(config)).toMatchObject({
      commandLineArguments: ["app", "--é", ""],
      environmentVariables: [
        ["A", "1"],
        ["A", "2"],
        ["𝄞", ""],
      ],
      preopenedDirs: [".", "~/missing"],
    });
  });

  test("a text that is not UTF-8 traps and changes nothing", () => {
    const { root } = new Host();
    const config = createConfig(root);
    const bad = root.put(Uint8Array.from([0xff]));
    expect(() => root.call("wasi::config_add_command_line_argument", config, ...bad)).toThrow(GuestTrap);
    expect(() => root.call("wasi::config_preopen_dir", config, ...bad)).toThrow(GuestTrap);
    expect(() =>
      root.call("wasi::config_add_environment_variable", config, ...root.put("k"), ...bad),
    ).toThrow(GuestTrap);
    expect(root.process.configs.get(config)).toMatchObject({
      commandLineArguments: [],
      environmentVariables: [],
      preopenedDirs: [],
    });
  });
});
