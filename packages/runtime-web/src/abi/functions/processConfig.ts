import { tellDenied } from "../../kernel/denials.ts";
import type { HostBinding } from "../binding.ts";
import { configOf, createDefaultConfig, dropConfig } from "../configs.ts";
import type { processSignatures } from "../signatures/process.ts";
import type { FunctionsOf } from "../signatures/signature.ts";
import { unsigned64 } from "../u64.ts";

export type ProcessConfigFunctions = Pick<
  FunctionsOf<typeof processSignatures>,
  "create_config" | "drop_config" | Extract<keyof typeof processSignatures, `config_${string}`>
>;

type Permission = "canCompileModules" | "canCreateConfigs" | "canSpawnProcesses";

/** What the object and the lists of an empty config take (Chromium 156), besides its entry in a table. */
const CONFIG_BYTES = 256;

/** Answer of a call whose permission the caller lacks; nothing is written (host ABI ch. 9). */
export const PERMISSION_DENIED = -1;

/** The config_* part of lunatic::process: what processes spawned with a config may do. Host ABI 3.6 and ch. 9. */
export function processConfigFunctions(binding: HostBinding): ProcessConfigFunctions {
  const allows = (permission: Permission) => (configId: bigint) =>
    configOf(binding.process, configId)[permission] ? 1 : 0;
  // The caller need not hold a permission to grant it.
  const allow =
    (permission: Permission) =>
    (configId: bigint, can: number): undefined => {
      configOf(binding.process, configId)[permission] = can !== 0;
    };
  const limit = (name: "maxMemory" | "maxFuel") => (configId: bigint) =>
    configOf(binding.process, configId)[name];
  const setLimit =
    (name: "maxMemory" | "maxFuel") =>
    (configId: bigint, value: bigint): undefined => {
      configOf(binding.process, configId)[name] = unsigned64(value);
    };
  return {
    create_config() {
      const { process } = binding;
      if (process.config.canCreateConfigs) return process.configs.add(createDefaultConfig(), CONFIG_BYTES);
      tellDenied(process, "create_config, which answered -1", "its config lacks can_create_configs");
      return BigInt(PERMISSION_DENIED);
    },
    drop_config(configId) {
      dropConfig(binding.process, configId);
    },
    config_set_max_memory: setLimit("maxMemory"),
    config_get_max_memory: limit("maxMemory"),
    config_set_max_fuel: setLimit("maxFuel"),
    config_get_max_fuel: limit("maxFuel"),
    config_can_compile_modules: allows("canCompileModules"),
    config_set_can_compile_modules: allow("canCompileModules"),
    config_can_create_configs: allows("canCreateConfigs"),
    config_set_can_create_configs: allow("canCreateConfigs"),
    config_can_spawn_processes: allows("canSpawnProcesses"),
    config_set_can_spawn_processes: allow("canSpawnProcesses"),
  };
}
