import { LunaticError } from "../error";
import * as distributed from "../host/distributed";
import * as host from "../host/process";
import { encodeUtf8 } from "../text/utf8";
import { SpawnOptions } from "./spawnOptions";

/** `_lunatic_spawn_by_index_as`: the export at which processes start; the compiler adds it to every program. */
const ENTRY: usize = memory.data<u8>([
  95, 108, 117, 110, 97, 116, 105, 99, 95, 115, 112, 97, 119, 110, 95, 98, 121, 95, 105, 110, 100, 101, 120, 95, 97,
  115,
]);
const ENTRY_LENGTH: u32 = 26;

/** Two parameters of the type i32: a type byte and 16 bytes of value each. */
const PARAMS: usize = memory.data<u8>([
  0x7f, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x7f, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
]);
const PARAMS_LENGTH: u32 = 34;

const NODE: usize = memory.data(8, 8);
const ID: usize = memory.data(8, 8);

/** A process was spawned. */
export const SPAWNED: u32 = 0;
/** The name was taken: nothing was spawned, and the process that has it was found. */
export const NAME_TAKEN: u32 = 2;

/**
 * Spawns a process of this module, which calls the function `wrapper` of the table with the number `entry`.
 * @param name registers it under this name, as it stands, unless a process has it; null: without a name
 * @returns SPAWNED, NAME_TAKEN, or another number for a failure, of which `spawnError` tells
 */
export function spawnByIndex(wrapper: u32, entry: u32, options: SpawnOptions | null, name: string | null): u32 {
  store<u32>(PARAMS, wrapper, 1);
  store<u32>(PARAMS, entry, 18);
  let link: i64 = 0;
  let configId: i64 = -1;
  let node: i64 = -1;
  if (options !== null) {
    link = options.link;
    node = options.node;
    const config = options.config;
    if (config !== null) configId = <i64>config.id;
  }
  if (node != -1) {
    store<i64>(NODE, node);
    const module = distributed.module_id();
    return distributed.spawn(node, configId, module, ENTRY, ENTRY_LENGTH, PARAMS, PARAMS_LENGTH, ID);
  }
  if (name !== null) {
    const bytes = encodeUtf8(name);
    return host.get_or_spawn(changetype<usize>(bytes), <u32>bytes.byteLength, link, configId, -1, ENTRY, ENTRY_LENGTH, PARAMS, PARAMS_LENGTH, NODE, ID);
  }
  store<u64>(NODE, distributed.node_id());
  return host.spawn(link, configId, -1, ENTRY, ENTRY_LENGTH, PARAMS, PARAMS_LENGTH, ID);
}

/** The node of the process that was spawned or found last. */
export function spawnedNode(): u64 {
  return load<u64>(NODE);
}

/** The id of the process that was spawned or found last. */
export function spawnedId(): u64 {
  return load<u64>(ID);
}

/** Why the last spawn failed. */
export function spawnError(): LunaticError {
  return LunaticError.take(load<u64>(ID));
}
