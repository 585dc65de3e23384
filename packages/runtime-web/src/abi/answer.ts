import { PARKED, type Parked } from "../kernel/parked.ts";
import type { HostBinding } from "./binding.ts";
import type { GuestMemory } from "./guestMemory.ts";
import { hostFailure } from "./hostFault.ts";

/**
 * Runs a blocking operation of the kernel whose outcome is written to guest memory, now or later. The outcome is
 * written through the caller's memory as it is at the call: when it comes late, the binding is another process'.
 * @param hostFunction as in traces, for the text of a trap
 * @param start  hands `complete` to the kernel and returns what that returns
 * @param finish writes the outcome and returns what the guest's call returns; what it throws is thrown from the
 *   call, or, if the caller has parked, ends its parked call
 */
export function answer<Outcome, Result extends number | bigint | undefined>(
  binding: HostBinding,
  hostFunction: string,
  start: (complete: (outcome: Outcome) => void) => Outcome | Parked,
  finish: (memory: GuestMemory, outcome: Outcome) => Result,
): Result | Parked {
  const { process, memory } = binding;
  const outcome = start((late) => {
    let result: Result;
    try {
      result = finish(memory, late);
    } catch (error) {
      process.body.resumeWithTrap(hostFailure(error, hostFunction, process.pid));
      return;
    }
    process.body.resume(result);
  });
  return outcome === PARKED ? PARKED : finish(memory, outcome);
}
