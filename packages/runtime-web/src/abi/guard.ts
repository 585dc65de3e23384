import { PARKED } from "../kernel/parked.ts";
import type { HostBinding } from "./binding.ts";
import { hostFailure } from "./hostFault.ts";
import type { HostFunction } from "./signatures/signature.ts";

type AnyFunction = (...values: (number | bigint)[]) => number | bigint | symbol | undefined;

/**
 * A host function as wasm calls it: what it throws is sorted by `hostFailure`. One closure per arity up to three,
 * since a rest parameter costs an array per call; the functions that guests call most take two or three.
 */
export function guardPlain(
  binding: HostBinding,
  hostFunction: string,
  implementation: HostFunction,
  arity: number,
): HostFunction {
  const call = implementation as AnyFunction;
  const failure = (error: unknown): unknown => hostFailure(error, hostFunction, binding.process.pid);
  switch (arity) {
    case 0:
      return () => {
        try {
          return call() as number;
        } catch (error) {
          throw failure(error);
        }
      };
    case 1:
      return (a: never) => {
        try {
          return call(a) as number;
        } catch (error) {
          throw failure(error);
        }
      };
    case 2:
      return (a: never, b: never) => {
        try {
          return call(a, b) as number;
        } catch (error) {
          throw failure(error);
        }
      };
    default:
      return (...values: never[]) => {
        try {
          return call(...values) as number;
        } catch (error) {
          throw failure(error);
        }
      };
  }
}

/** As guardPlain, for a function that may park its caller: it then tells the executor and returns `placeholder`. */
export function guardBlocking(
  binding: HostBinding,
  hostFunction: string,
  implementation: HostFunction,
  placeholder: number | bigint | undefined,
): HostFunction {
  const call = implementation as AnyFunction;
  return (...values: never[]) => {
    let result: number | bigint | symbol | undefined;
    try {
      result = call(...values);
    } catch (error) {
      throw hostFailure(error, hostFunction, binding.process.pid);
    }
    if (result !== PARKED) return result as number;
    binding.parked();
    return placeholder;
  };
}
