import type { Parked } from "../../kernel/parked.ts";

export type ValueType = "i32" | "i64" | "f32" | "f64" | "v128" | "funcref" | "externref";

/** The value types the host ABI uses; every other one in an import is a type mismatch. */
type AbiType = "i32" | "i64" | "f64";

/** One parameter as the tables write it: its name in the ABI and its type. */
export type Parameter = `${string}: ${AbiType}`;

export interface HostSignature {
  readonly params: readonly Parameter[];
  readonly result: AbiType | undefined;
  /** The call may park its process, so the instrumented module needs a wrapper that can suspend around it. */
  readonly mayBlock: boolean;
}

export type NamespaceSignatures = Readonly<Record<string, HostSignature>>;

export interface Plain<P extends readonly Parameter[], R extends AbiType | undefined> {
  readonly params: P;
  readonly result: R;
  readonly mayBlock: false;
}

export interface Blocking<P extends readonly Parameter[], R extends AbiType | undefined> {
  readonly params: P;
  readonly result: R;
  readonly mayBlock: true;
}

/** A host function that always answers at once. */
export function plain<const P extends readonly Parameter[], R extends AbiType | undefined = undefined>(
  params: P,
  result?: R,
): Plain<P, R> {
  return { params, result: result as R, mayBlock: false };
}

/** A host function that may park its caller (marked B in the ABI's tables). */
export function blocking<const P extends readonly Parameter[], R extends AbiType | undefined = undefined>(
  params: P,
  result?: R,
): Blocking<P, R> {
  return { params, result: result as R, mayBlock: true };
}

type JsValue<T> = T extends "i64" ? bigint : T extends "i32" | "f64" ? number : undefined;
type JsArguments<P extends readonly Parameter[]> = {
  -readonly [I in keyof P]: P[I] extends `${string}: ${infer T}` ? JsValue<T> : never;
};
type JsResult<S extends HostSignature> = S["mayBlock"] extends true
  ? JsValue<S["result"]> | Parked
  : JsValue<S["result"]>;

/**
 * The implementation of a namespace: one function per entry of its table, with the types that wasm passes
 * (i32 and f64 as number, i32 signed; i64 as bigint, signed). The compiler thereby checks every function
 * against the table.
 */
export type FunctionsOf<N extends NamespaceSignatures> = {
  readonly [K in keyof N]: (...values: JsArguments<N[K]["params"]>) => JsResult<N[K]>;
};

/** Any host function, once its types have been checked against its table. */
export type HostFunction = (...values: never[]) => number | bigint | Parked | undefined;

export type HostFunctions = Readonly<Record<string, HostFunction>>;

/** The types of a signature's parameters, in order. */
export function parameterTypes(signature: HostSignature): ValueType[] {
  return signature.params.map((parameter) => parameter.slice(parameter.lastIndexOf(" ") + 1) as AbiType);
}

/** The types of a signature's results: none or one. */
export function resultTypes(signature: HostSignature): ValueType[] {
  return signature.result === undefined ? [] : [signature.result];
}
