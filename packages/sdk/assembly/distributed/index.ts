/**
 * The nodes of a distributed system. A browser tab is part of none: there are no nodes then.
 *
 * ```ts
 * import { nodeId, nodes } from "lunatic/distributed";
 * ```
 */

import { LunaticError } from "../error";
import * as host from "../host/distributed";
import { Result } from "../result";

const QUERY: usize = memory.data(8);
const ERROR_ID: usize = memory.data(8);
/** A u32, but native hosts write 8 bytes. */
const NODE_COUNT: usize = memory.data(8);

/** The id of the node that this process runs on; 0: the runtime is not part of a distributed system. */
export function nodeId(): u64 {
  return host.node_id();
}

/** The ids of all nodes, this one included; none where the runtime is not part of a distributed system. */
export function nodes(): u64[] {
  const known = new StaticArray<u64>(host.nodes_count());
  return toArray(known, host.get_nodes(changetype<usize>(known), known.length));
}

/**
 * Asks the control server for nodes by their attributes.
 * @param query such as "name=node01&group=workers": all must be equal
 */
export function lookupNodes(query: string): Result<u64[]> {
  if (nodeId() == 0) return Result.err<u64[]>(notDistributed());
  const text = String.UTF8.encode(query);
  const start = changetype<usize>(text);
  if (host.exec_lookup_nodes(start, text.byteLength, QUERY, NODE_COUNT, ERROR_ID) != 0) {
    return Result.err<u64[]>(LunaticError.take(load<u64>(ERROR_ID)));
  }
  const found = new StaticArray<u64>(load<u32>(NODE_COUNT));
  const list = changetype<usize>(found);
  const copied = <i32>host.copy_lookup_nodes_results(load<u64>(QUERY), list, found.length, ERROR_ID);
  if (copied < 0) return Result.err<u64[]>(LunaticError.take(load<u64>(ERROR_ID)));
  return Result.ok<u64[]>(toArray(found, copied));
}

/** Of calls that need a node, where there is none: the host would trap. */
export function notDistributed(): LunaticError {
  return new LunaticError("the runtime is not part of a distributed system");
}

function toArray(ids: StaticArray<u64>, length: i32): u64[] {
  const list: u64[] = [];
  for (let i = 0; i < length; i++) list.push(ids[i]);
  return list;
}
