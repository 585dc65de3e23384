import type { ValueTypeName } from "../info.ts";

/**
 * A value type as one number: the byte of the binary format for simple types. `(ref null? ht)` keeps its first byte
 * (0x63 or 0x64) in the low 8 bits and the heap type above them: the type index plus one, or an abstract heap
 * type's byte plus `ABSTRACT_HEAP`.
 */
export type ValueType = number;

/** The simple value types we know. */
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

/** Added to an abstract heap type's byte; above every type index plus one (engines allow 1,000,000 types). */
export const ABSTRACT_HEAP = 0x20_0000;

const NAME_BY_BYTE = new Map<number, ValueTypeName>(
  Object.entries(VALUE_TYPE).map(([name, byte]) => [byte, name]),
);

const HEAP_NAME_BY_BYTE = new Map([
  [VALUE_TYPE.funcref as number, "func"],
  [VALUE_TYPE.externref as number, "extern"],
  [VALUE_TYPE.exnref as number, "exn"],
]);

/** Whether the byte is a value type on its own. */
export function isSimpleValueType(byte: number): boolean {
  return NAME_BY_BYTE.has(byte);
}

/** Whether the byte is an abstract heap type we know. */
export function isAbstractHeapType(byte: number): boolean {
  return HEAP_NAME_BY_BYTE.has(byte);
}

/** Whether values of the type can lie in a control block: numbers and v128. */
export function isStorable(type: ValueType): boolean {
  return type >= VALUE_TYPE.v128 && type <= VALUE_TYPE.i32;
}

/** The type as the text format writes it. */
export function valueTypeName(type: ValueType): ValueTypeName {
  const simple = NAME_BY_BYTE.get(type);
  if (simple !== undefined) return simple;
  const heap = type >>> 8;
  const heapName = heap >= ABSTRACT_HEAP ? HEAP_NAME_BY_BYTE.get(heap - ABSTRACT_HEAP) : `${heap - 1}`;
  return `(ref ${(type & 0xff) === REF_NULL ? "null " : ""}${heapName})`;
}
