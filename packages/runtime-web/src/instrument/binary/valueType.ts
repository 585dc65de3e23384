import type { ValueTypeName } from "../info.ts";

/**
 * A value type as one number: the byte of the binary format for simple types; for `(ref null? ht)` the byte 0x63 or
 * 0x64 with the heap type above it: `(index + 1) << 8` for a type index, the abstract heap type's byte plus
 * `ABSTRACT_HEAP` otherwise.
 */
export type ValueType = number;

/** Simple value types. */
export const VALUE_TYPE = {
  i32: 0x7f,
  i64: 0x7e,
  f32: 0x7d,
  f64: 0x7c,
  v128: 0x7b,
  funcref: 0x70,
  externref: 0x6f,
  exnref: 0x69,
} as const;

/** First bytes of `(ref null ht)` and `(ref ht)`. */
export const REF_NULL = 0x63;
export const REF = 0x64;

/** Where a typed reference keeps its type index plus one. */
export const VALUE_TYPE_INDEX_SHIFT = 8;
