import { GuestTrap } from "../kernel/guestTrap.ts";
import type { HostBinding } from "./binding.ts";
import { writeU64 } from "./guestMemory.ts";
import type { HostFunction, NamespaceSignatures } from "./signatures/signature.ts";

/** Text for people and guests: which part of the host is missing, and what asked for it. */
export function unavailableText(feature: string, name: string): string {
  return `${feature} is not available in this build of Lunatic Web: ${name}`;
}

/** How a function of a missing feature fails where its ABI has an error id: `code` with the id at `errorIdPtr`. */
export interface ErrorIdFailure {
  readonly code: number | bigint;
  /** Index of the parameter that holds the pointer for the error id. */
  readonly errorIdParam: number;
  /** What the ABI reads and checks before it tries: throws a GuestTrap as the real function would. */
  readonly checkArguments?: (binding: HostBinding, values: readonly (number | bigint)[]) => void;
}

/**
 * A namespace that links, with all its types, but whose feature is missing. Functions in `failures` answer as their
 * ABI lets them fail; the others get ids of resources that cannot exist, which is a trap in the ABI as well.
 */
export function unavailableFunctions<N extends NamespaceSignatures>(
  binding: HostBinding,
  feature: string,
  signatures: N,
  failures: { readonly [K in keyof N]?: ErrorIdFailure },
): Record<keyof N & string, HostFunction> {
  const functions: Record<string, HostFunction> = {};
  for (const name of Object.keys(signatures)) {
    const failure = failures[name];
    const text = unavailableText(feature, name);
    functions[name] =
      failure === undefined
        ? () => {
            throw new GuestTrap(text);
          }
        : (...values: (number | bigint)[]) => {
            failure.checkArguments?.(binding, values);
            const idPtr = Number(values[failure.errorIdParam]);
            writeU64(binding.memory, idPtr, binding.process.errors.add(text, text.length));
            return failure.code;
          };
  }
  return functions as Record<keyof N & string, HostFunction>;
}
