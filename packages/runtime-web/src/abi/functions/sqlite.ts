import type { HostBinding } from "../binding.ts";
import { readString } from "../guestMemory.ts";
import type { HostFunctions } from "../signatures/signature.ts";
import { sqliteSignatures } from "../signatures/sqlite.ts";
import { unavailableFunctions } from "../unavailable.ts";

/**
 * lunatic::sqlite of a host without databases: open fails with an error id, everything else needs the id of a
 * connection or statement, and none is valid. Address 0 is valid for open (host ABI ch. 17, 14).
 */
export function sqliteFunctions(binding: HostBinding): HostFunctions {
  return unavailableFunctions(binding, "sqlite", sqliteSignatures, {
    open: {
      code: 1n,
      errorIdParam: 2,
      checkArguments: (caller, [ptr, len]) => {
        readString(caller.memory, Number(ptr), Number(len));
      },
    },
  });
}
