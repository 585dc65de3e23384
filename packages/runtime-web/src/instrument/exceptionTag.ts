/**
 * The tag under which a host's exceptions pass through a guest that catches everything, and how to throw them.
 * Engines with `WebAssembly.JSTag` (Chrome 115, Firefox 129, Safari 18.4) do both by themselves. Node 20 does not have
 * it; there a tag of our own stands in, so that unit tests see the same behaviour.
 */
export interface ExceptionPassage {
  readonly tag: WebAssembly.Tag;
  /** What to throw in place of `error`. */
  wrap(error: unknown): unknown;
  /** What was thrown, from what arrived. */
  unwrap(caught: unknown): unknown;
}

interface StandInException {
  is(tag: WebAssembly.Tag): boolean;
  getArg(tag: WebAssembly.Tag, index: number): unknown;
}

interface ExceptionConstructors {
  readonly Tag: new (type: { readonly parameters: readonly string[] }) => WebAssembly.Tag;
  readonly Exception: new (tag: WebAssembly.Tag, payload: readonly unknown[]) => StandInException;
}

/** Chooses `JSTag` where there is one. */
export function createExceptionPassage(): ExceptionPassage {
  if (WebAssembly.JSTag !== undefined) {
    return { tag: WebAssembly.JSTag, wrap: (error) => error, unwrap: (caught) => caught };
  }
  const { Tag, Exception } = WebAssembly as unknown as ExceptionConstructors;
  const tag = new Tag({ parameters: ["externref"] });
  return {
    tag,
    wrap: (error) => new Exception(tag, [error]),
    unwrap: (caught) => (caught instanceof Exception && caught.is(tag) ? caught.getArg(tag, 0) : caught),
  };
}
