import type { ProcessConfig } from "../kernel/config.ts";
import { GuestTrap } from "../kernel/guestTrap.ts";
import type { Process } from "../kernel/process.ts";

/** max_memory of a new config, in bytes (host ABI ch. 9). */
const DEFAULT_MAX_MEMORY = 4_294_967_295n;

/** What create_config gives: nothing is allowed. Host ABI ch. 9. */
export function createDefaultConfig(): ProcessConfig {
  return {
    maxMemory: DEFAULT_MAX_MEMORY,
    maxFuel: 0n,
    canCompileModules: false,
    canCreateConfigs: false,
    canSpawnProcesses: false,
    preopenedDirs: [],
    commandLineArguments: [],
    environmentVariables: [],
  };
}

/** A config that later changes of the original do not reach. */
export function copyConfig(config: ProcessConfig): ProcessConfig {
  return {
    ...config,
    preopenedDirs: [...config.preopenedDirs],
    commandLineArguments: [...config.commandLineArguments],
    environmentVariables: config.environmentVariables.map(([key, value]) => [key, value]),
  };
}

/** A config resource of a process. @throws GuestTrap the id is unknown */
export function configOf(process: Process, id: bigint): ProcessConfig {
  const config = process.configs.get(id);
  if (config === undefined) throw unknownConfig(id);
  return config;
}

/** @throws GuestTrap the id is unknown */
export function dropConfig(process: Process, id: bigint): void {
  if (process.configs.remove(id) === undefined) throw unknownConfig(id);
}

function unknownConfig(id: bigint): GuestTrap {
  return new GuestTrap(`config ${id} does not exist`);
}
