import { LunaticError } from "../error";
import * as host from "../host/process";
import * as wasi from "../host/wasiConfig";
import { Result } from "../result";
import { encodeUtf8 } from "../text/utf8";

/**
 * What a process may do: a new config allows nothing and limits nothing but what you say. Without a config a process
 * gets that of its parent.
 *
 * ```ts
 * const config = ProcessConfig.create().expect("configs are not allowed here");
 * config.maxMemory = 4 * 1024 * 1024;
 * config.canSpawnProcesses = true;
 * spawn(work, 1, new SpawnOptions().withConfig(config));
 * ```
 */
export class ProcessConfig {
  private constructor(
    /** The number that the host gave to it. */
    readonly id: u64,
  ) {}

  /** A config that allows nothing. Fails if this process may not create configs. */
  static create(): Result<ProcessConfig> {
    const id = host.create_config();
    if (id == -1) return Result.err<ProcessConfig>(LunaticError.permissionDenied("creating configs"));
    return Result.ok<ProcessConfig>(new ProcessConfig(<u64>id));
  }

  /** How many bytes of memory the process may have. */
  get maxMemory(): u64 {
    return host.config_get_max_memory(this.id);
  }

  /** Limits its memory, in bytes. */
  set maxMemory(bytes: u64) {
    host.config_set_max_memory(this.id, bytes);
  }

  /** How much the process may compute, in units of 100,000 instructions; 0: as much as it wants. */
  get maxFuel(): u64 {
    return host.config_get_max_fuel(this.id);
  }

  /** Limits what it may compute. A process that has used it up fails. */
  set maxFuel(units: u64) {
    host.config_set_max_fuel(this.id, units);
  }

  /** Whether the process may compile modules. */
  get canCompileModules(): bool {
    return host.config_can_compile_modules(this.id) != 0;
  }

  /** Allows it to compile modules. */
  set canCompileModules(can: bool) {
    host.config_set_can_compile_modules(this.id, <u32>can);
  }

  /** Whether the process may create configs, and so give others more than it has. */
  get canCreateConfigs(): bool {
    return host.config_can_create_configs(this.id) != 0;
  }

  /** Allows it to create configs. */
  set canCreateConfigs(can: bool) {
    host.config_set_can_create_configs(this.id, <u32>can);
  }

  /** Whether the process may spawn processes. */
  get canSpawnProcesses(): bool {
    return host.config_can_spawn_processes(this.id) != 0;
  }

  /** Allows it to spawn processes. */
  set canSpawnProcesses(can: bool) {
    host.config_set_can_spawn_processes(this.id, <u32>can);
  }

  /** Sets an environment variable of the process. */
  addEnvironmentVariable(name: string, value: string): void {
    const key = encodeUtf8(name);
    const text = encodeUtf8(value);
    wasi.config_add_environment_variable(this.id, changetype<usize>(key), <u32>key.byteLength, changetype<usize>(text), <u32>text.byteLength);
  }

  /** Adds an argument. The first is by custom the program's name. */
  addArgument(argument: string): void {
    const text = encodeUtf8(argument);
    wasi.config_add_command_line_argument(this.id, changetype<usize>(text), <u32>text.byteLength);
  }

  /** Gives the process a directory with all that is in it. A spawn panics if there is no such directory. */
  preopenDirectory(path: string): void {
    const text = encodeUtf8(path);
    wasi.config_preopen_dir(this.id, changetype<usize>(text), <u32>text.byteLength);
  }

  /** Gives the config back. Processes that were spawned with it keep what they may. */
  drop(): void {
    host.drop_config(this.id);
  }
}
