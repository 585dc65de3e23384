/**
 * The enumerations of the compiler in use, as values. Its declarations call them `const enum`, which would let a
 * TypeScript compiler write today's numbers into our code; they are read from the package at run time instead.
 */

import type {
  CommonFlags as Flags,
  NodeKind as Kinds,
  LiteralKind as LiteralKinds,
  SourceKind as SourceKinds,
  Token as Tokens,
} from "assemblyscript";
import * as assemblyscript from "assemblyscript";

type Values<E> = { readonly [K in keyof E]: E[K] };

const exported = assemblyscript as unknown as Readonly<Record<string, object | undefined>>;

export const NodeKind = enumeration<typeof Kinds>("NodeKind");
export const CommonFlags = enumeration<typeof Flags>("CommonFlags");
export const LiteralKind = enumeration<typeof LiteralKinds>("LiteralKind");
export const Token = enumeration<typeof Tokens>("Token");
export const SourceKind = enumeration<typeof SourceKinds>("SourceKind");

/** @throws Error the compiler in use exports no such enumeration: its version is not one that this transform knows */
function enumeration<E>(name: string): Values<E> {
  const values = exported[name];
  if (values === undefined) throw new Error(`The AssemblyScript compiler in use exports no ${name}`);
  return values as Values<E>;
}
