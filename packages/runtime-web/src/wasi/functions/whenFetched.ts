import type { Parked } from "../../kernel/parked.ts";
import type { WasiBinding } from "../binding.ts";
import { type Descriptor, MUST_FETCH, type Outcome } from "../descriptors/descriptor.ts";
import { errnoOf } from "../errno.ts";

/**
 * Does something with a file, and parks as long as it has to wait for its volume.
 * @param attempt gives what the call is done with, or MUST_FETCH with nothing done
 * @returns the errno
 */
export function whenFetched(
  binding: WasiBinding,
  descriptor: Descriptor,
  attempt: () => Outcome,
): number | Parked {
  const outcome = attempt();
  if (outcome !== MUST_FETCH) return Math.max(0, -outcome);
  return binding.awaitFile(descriptor.need, (fault) =>
    fault === undefined ? whenFetched(binding, descriptor, attempt) : errnoOf(fault),
  );
}
