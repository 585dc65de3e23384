import type { RegistryEntry } from "../../kernel/spawnRequest.ts";
import { answer } from "../answer.ts";
import type { HostBinding } from "../binding.ts";
import { readString, writeU64 } from "../guestMemory.ts";
import type { registrySignatures } from "../signatures/registry.ts";
import type { FunctionsOf } from "../signatures/signature.ts";
import { unsigned64 } from "../u64.ts";

const FOUND = 0;
const NOT_FOUND = 1;

/** lunatic::registry: names of processes. Host ABI 3.7 and ch. 8. */
export function registryFunctions(binding: HostBinding): FunctionsOf<typeof registrySignatures> {
  const { kernel } = binding;
  return {
    put(namePtr, nameLen, nodeId, processId) {
      const name = readString(binding.memory, namePtr, nameLen);
      const { process } = binding;
      return kernel.registryPut(process, name, unsigned64(nodeId), unsigned64(processId), () =>
        process.body.resume(undefined),
      );
    },
    get(namePtr, nameLen, nodePtr, processPtr) {
      const name = readString(binding.memory, namePtr, nameLen);
      return answer<RegistryEntry | undefined, number>(
        binding,
        "lunatic::registry::get",
        (complete) => kernel.registryGet(binding.process, name, complete),
        (memory, entry) => {
          if (entry === undefined) return NOT_FOUND;
          writeU64(memory, nodePtr, entry.node);
          writeU64(memory, processPtr, entry.pid);
          return FOUND;
        },
      );
    },
    remove(namePtr, nameLen) {
      const name = readString(binding.memory, namePtr, nameLen);
      const { process } = binding;
      return kernel.registryRemove(process, name, () => process.body.resume(undefined));
    },
  };
}
