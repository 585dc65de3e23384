/** What a call came to: its value, or the trap's or exception's message. */
export type Outcome = { readonly value: unknown } | { readonly trap: string };

/** Calls an export and keeps what happens. */
export function outcome(callee: unknown, ...args: readonly unknown[]): Outcome {
  try {
    return { value: (callee as (...args: readonly unknown[]) => unknown)(...args) };
  } catch (error) {
    return { trap: `${(error as Error).name}: ${(error as Error).message}` };
  }
}

/** Instantiates the original module. */
export function instantiateOriginal(
  bytes: Uint8Array<ArrayBuffer>,
  imports: WebAssembly.Imports = {},
): Record<string, unknown> {
  return new WebAssembly.Instance(new WebAssembly.Module(bytes), imports).exports as Record<string, unknown>;
}
