import { GuestTrap } from "../kernel/guestTrap.ts";
import type { ModuleId } from "../kernel/ids.ts";
import type { Process } from "../kernel/process.ts";
import type { SpawnRequest } from "../kernel/spawnRequest.ts";
import { configOf, copyConfig } from "./configs.ts";
import { checkEntryParams } from "./entryParams.ts";
import { copyIn, type GuestMemory } from "./guestMemory.ts";
import type { RepeatedText } from "./repeatedText.ts";

/** As config id: the caller's own config; as module id: the module the caller runs. */
const INHERIT = -1n;

/** The arguments of spawn and get_or_spawn as the guest passes them. */
export interface SpawnArguments {
  readonly link: bigint;
  readonly configId: bigint;
  readonly moduleId: bigint;
  readonly funcPtr: number;
  readonly funcLen: number;
  readonly paramsPtr: number;
  readonly paramsLen: number;
}

/**
 * What a spawn asks of the kernel, in the order of host ABI ch. 4: config, module, function name, params. The
 * caller's own config is shared; a config resource is copied as it is now.
 * @param entries  reads the names of entry functions
 * @throws GuestTrap unknown ids, a range outside memory, invalid UTF-8, malformed params
 */
export function readSpawnRequest(
  process: Process,
  memory: GuestMemory,
  entries: RepeatedText,
  spawn: SpawnArguments,
): SpawnRequest {
  const config = spawn.configId === INHERIT ? process.config : copyConfig(configOf(process, spawn.configId));
  const module = spawn.moduleId === INHERIT ? process.module : moduleOf(process, spawn.moduleId);
  const entry = entries.read(memory, spawn.funcPtr, spawn.funcLen);
  const params = copyIn(memory, spawn.paramsPtr, spawn.paramsLen);
  // They are decoded when the child runs; malformed ones are the caller's fault and trap here.
  checkEntryParams(params);
  return { link: spawn.link, config, module, entry, params };
}

/** A module resource of a process. @throws GuestTrap the id is unknown */
export function moduleOf(process: Process, id: bigint): ModuleId {
  const module = process.modules.get(id);
  if (module === undefined) throw new GuestTrap(`module ${id} does not exist`);
  return module;
}
