/** A change of a library for editors, where its text tells a TypeScript language service something that is not so. */
export interface Adaptation {
  /** Path of the library; those of the framework without its folder. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}

/** All of them; `editorLibraries` has applied them. */
export const ADAPTATIONS: readonly Adaptation[] = [
  {
    file: "assemblyscript.d.ts",
    from: "declare type bool = boolean | number;",
    to: "declare type bool = boolean;",
    reason: "AssemblyScript's bool is no number for a field, an argument or a result",
  },
  {
    file: "protocol/steps.ts",
    from: "export class Dual<S> {}",
    to: `export type Dual<S> =
  S extends Send<infer T, infer N> ? Recv<T, Dual<N>>
  : S extends Recv<infer T, infer N> ? Send<T, Dual<N>>
  : S extends Choose<infer L, infer R> ? Offer<Dual<L>, Dual<R>>
  : S extends Offer<infer L, infer R> ? Choose<Dual<L>, Dual<R>>
  : S extends { round: Step } ? DualLoop<S>
  : S;
export interface DualLoop<S extends { round: Step }> extends Step { readonly round: Dual<S["round"]>; }`,
    reason: "the compiler puts the other end of the session in its place",
  },
  {
    file: "protocol/spawnProtocol.ts",
    from: "<A, P extends Step, D extends Step>(",
    to: "<A, P extends Step>(",
    reason: "the compiler derives the other end from the function",
  },
  {
    file: "protocol/spawnProtocol.ts",
    from: "  peer: (channel: Channel) => D,\n",
    to: "",
    reason: "the compiler adds this argument",
  },
  {
    file: "protocol/spawnProtocol.ts",
    from: "): D {",
    to: '): import("./steps").Dual<P> {',
    reason: "the compiler derives the other end from the function",
  },
];

/**
 * @param file as in ADAPTATIONS
 * @throws Error a text to change is not there: the library has changed, and its adaptation must follow
 */
export function adapt(file: string, text: string): string {
  let adapted = text;
  for (const { from, to } of ADAPTATIONS.filter((one) => one.file === file)) {
    if (!adapted.includes(from))
      throw new Error(`${file} no longer has ${JSON.stringify(from)}: see ADAPTATIONS`);
    adapted = adapted.replace(from, to);
  }
  return adapted;
}
