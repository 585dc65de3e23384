import { GuestTrap } from "../kernel/guestTrap.ts";
import { PARKED } from "../kernel/parked.ts";
import type { HostBinding } from "./binding.ts";
import { hostFailure } from "./hostFault.ts";
import type { HostFunction } from "./signatures/signature.ts";

type AnyFunction = (...values: (number | bigint)[]) => number | bigint | symbol | undefined;

/**
 * A host function as wasm calls it: what it throws is sorted by `hostFailure`. Costs about 10 ns per call (Node 20),
 * half of them for the rest parameter; a closure per arity was not worth its repetition.
 */
export function guardPlain(
  binding: HostBinding,
  hostFunction: string,
  implementation: HostFunction,
): HostFunction {
  const call = implementation as AnyFunction;
  return (...values: never[]) => {
    try {
      return call(...values) as number;
    } catch (error) {
      throw hostFailure(error, hostFunction, binding.process.pid);
    }
  };
}

/** As guardPlain, for a function that may park its caller: it then tells the executor and returns `placeholder`. */
export function guardBlocking(
  binding: HostBinding,
  hostFunction: string,
  implementation: HostFunction,
  placeholder: number | bigint | undefined,
): HostFunction {
  const call = guardPlain(
    binding,
    hostFunction,
    guardAllocation(binding, hostFunction, implementation),
  ) as AnyFunction;
  return (...values: never[]) => {
    const result = call(...values);
    if (result !== PARKED) return result as number;
    binding.parked();
    return placeholder;
  };
}

/** A function that may park its caller, which an allocator must not call: it runs above a frame of the host. */
export function guardAllocation(
  binding: HostBinding,
  hostFunction: string,
  implementation: HostFunction,
): HostFunction {
  const call = implementation as AnyFunction;
  return (...values: never[]) => {
    if (binding.isAllocating) throw new GuestTrap(`${hostFunction}: lunatic_alloc must not wait`);
    return call(...values) as number;
  };
}
