/**
 * The tag under which a host's exceptions pass through a guest that catches everything.
 *
 * Engines with `WebAssembly.JSTag` (Chrome 115, Firefox 129, Safari 18.4) have JavaScript's exceptions carry it. Node 20
 * does not know it; there exceptions are packed into a tag of our own on their way in and unpacked on their way
 * out, so that unit tests see the same behaviour.
 */
export interface ExceptionPassage {
  readonly tag: WebAssembly.Tag;
  /** What a host function throws in place of `error`. */
  wrap(error: unknown): unknown;
  /** The same imports, whose functions throw so. */
  wrapImports(imports: WebAssembly.Imports): WebAssembly.Imports;
  /** The same export, throwing what the host threw. */
  wrapExport(callee: unknown): unknown;
}

interface PackedException {
  is(tag: WebAssembly.Tag): boolean;
  getArg(tag: WebAssembly.Tag, index: number): unknown;
}

interface ExceptionConstructors {
  readonly Tag: new (type: { readonly parameters: readonly string[] }) => WebAssembly.Tag;
  readonly Exception: new (tag: WebAssembly.Tag, payload: readonly unknown[]) => PackedException;
}

type Callee = (...args: readonly unknown[]) => unknown;

/** Chooses `JSTag` where there is one. */
export function createExceptionPassage(): ExceptionPassage {
  const { JSTag } = WebAssembly;
  return JSTag === undefined ? packingPassage() : directPassage(JSTag);
}

function directPassage(tag: WebAssembly.Tag): ExceptionPassage {
  return {
    tag,
    wrap: (error) => error,
    wrapImports: (imports) => imports,
    wrapExport: (callee) => callee,
  };
}

function packingPassage(): ExceptionPassage {
  const { Tag, Exception } = WebAssembly as unknown as ExceptionConstructors;
  const tag = new Tag({ parameters: ["externref"] });
  // A guest's own exceptions stay what they are.
  const wrap = (error: unknown): unknown =>
    error instanceof Exception ? error : new Exception(tag, [error]);
  const unwrap = (caught: unknown): unknown =>
    caught instanceof Exception && caught.is(tag) ? caught.getArg(tag, 0) : caught;
  const rethrowing =
    (callee: Callee, change: (error: unknown) => unknown): Callee =>
    (...args) => {
      try {
        return callee(...args);
      } catch (error) {
        throw change(error);
      }
    };
  return {
    tag,
    wrap,
    wrapImports: (imports) => {
      const wrapped: WebAssembly.Imports = {};
      for (const [module, items] of Object.entries(imports)) {
        wrapped[module] = Object.fromEntries(
          Object.entries(items).map(([name, item]) => [
            name,
            typeof item === "function" ? rethrowing(item as Callee, wrap) : item,
          ]),
        );
      }
      return wrapped;
    },
    wrapExport: (callee) => rethrowing(callee as Callee, unwrap),
  };
}
