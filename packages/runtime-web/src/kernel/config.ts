/**
 * What a process may do and is given. Host ABI ch. 9. Plain data: it travels between executors.
 * A config is copied when a process is spawned with it, so later setters do not reach running processes.
 */
export interface ProcessConfig {
  /** Bytes. u64 in the ABI. */
  maxMemory: bigint;
  /** Units of 100,000 instructions; 0 = unlimited. u64 in the ABI. */
  maxFuel: bigint;
  canCompileModules: boolean;
  canCreateConfigs: boolean;
  canSpawnProcesses: boolean;
  preopenedDirs: string[];
  commandLineArguments: string[];
  environmentVariables: [key: string, value: string][];
}

/** Bytes a process may have unless its config says less (host ABI ch. 9). */
const DEFAULT_MAX_MEMORY = 4_294_967_295n;

/** The config of a root process, which may do everything (host ABI ch. 9). */
export function createRootConfig(
  given: Pick<ProcessConfig, "preopenedDirs" | "commandLineArguments" | "environmentVariables">,
): ProcessConfig {
  return {
    maxMemory: DEFAULT_MAX_MEMORY,
    maxFuel: 0n,
    canCompileModules: true,
    canCreateConfigs: true,
    canSpawnProcesses: true,
    ...given,
  };
}
