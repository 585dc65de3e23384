import type { HostBinding } from "../binding.ts";
import { distributedAsLunatic } from "../signatures/asLunatic.ts";
import { distributedSignatures } from "../signatures/distributed.ts";
import type { FunctionsOf, HostFunctions } from "../signatures/signature.ts";
import { unavailableFunctions } from "../unavailable.ts";

const FEATURE = "distributed mode";

/**
 * lunatic::distributed of a host that is not a node: no nodes, node id 0 (so that guests use the local calls), and
 * every call that needs a node traps. Host ABI 3.9. The certificate calls, which natively need no node, make keys
 * for a control server; they trap as well, their ABI has no other way to fail.
 */
export function distributedFunctions(binding: HostBinding): HostFunctions {
  const local = {
    nodes_count: () => 0,
    get_nodes: () => 0,
    node_id: () => 0n,
    module_id: () => 0n,
  } satisfies Partial<FunctionsOf<typeof distributedSignatures>>;
  return { ...unavailableFunctions(binding, FEATURE, distributedSignatures, {}), ...local };
}

/** The calls of as-lunatic 0.12 that differ, see signatures/asLunatic.ts. */
export function distributedAsLunaticFunctions(binding: HostBinding): HostFunctions {
  return unavailableFunctions(binding, FEATURE, distributedAsLunatic, {});
}
