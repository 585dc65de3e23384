import type { HostBinding } from "../binding.ts";
import type { FunctionsOf } from "../signatures/signature.ts";
import type { trapSignatures } from "../signatures/trap.ts";

/** lunatic::trap: runs guest code whose trap does not end the process. Host ABI 3.5 and ch. 11. */
export function trapFunctions(binding: HostBinding): FunctionsOf<typeof trapSignatures> {
  return {
    catch(functionIndex, pointer) {
      return binding.catchTrap(functionIndex, pointer, binding.resume);
    },
  };
}
