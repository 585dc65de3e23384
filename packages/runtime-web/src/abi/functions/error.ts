import { GuestTrap } from "../../kernel/guestTrap.ts";
import type { HostBinding } from "../binding.ts";
import { writeString } from "../guestMemory.ts";
import type { errorSignatures } from "../signatures/error.ts";
import type { FunctionsOf } from "../signatures/signature.ts";
import { textByteLength } from "../text.ts";

/** lunatic::error: texts of failures that earlier calls reported by id. Host ABI 3.1. */
export function errorFunctions(binding: HostBinding): FunctionsOf<typeof errorSignatures> {
  const errorText = (id: bigint): string => {
    const text = binding.process.errors.get(id);
    if (text === undefined) throw unknownError(id);
    return text;
  };
  return {
    string_size(errorId) {
      return textByteLength(errorText(errorId));
    },
    to_string(errorId, ptr) {
      writeString(binding.memory, ptr, errorText(errorId));
    },
    drop(errorId) {
      if (binding.process.errors.remove(errorId) === undefined) throw unknownError(errorId);
    },
  };
}

function unknownError(id: bigint): GuestTrap {
  return new GuestTrap(`error ${id} does not exist`);
}
