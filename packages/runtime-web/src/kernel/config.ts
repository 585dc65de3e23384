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
