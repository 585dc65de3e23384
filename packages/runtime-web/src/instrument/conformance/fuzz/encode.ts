/** Bytes of wasm's binary format, for modules that are generated: valid ones, so nothing here checks. */

export type ValueType = "i32" | "i64" | "f32" | "f64" | "v128";

export const TYPE_CODE: Readonly<Record<ValueType, number>> = {
  i32: 0x7f,
  i64: 0x7e,
  f32: 0x7d,
  f64: 0x7c,
  v128: 0x7b,
};

export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value >>> 0; ; rest >>>= 7) {
    if (rest < 0x80) return [...bytes, rest];
    bytes.push((rest & 0x7f) | 0x80);
  }
}

export function signed(value: bigint): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7n) {
    const low = Number(rest & 0x7fn);
    if ((rest >> 6n === 0n && (low & 0x40) === 0) || (rest >> 6n === -1n && (low & 0x40) !== 0))
      return [...bytes, low];
    bytes.push(low | 0x80);
  }
}

/** The constant instruction of a type with the given bits. */
export function constant(type: ValueType, bits: bigint): number[] {
  const little = (length: number) =>
    Array.from({ length }, (_, i) => Number((bits >> BigInt(8 * i)) & 0xffn));
  if (type === "i32") return [0x41, ...signed(BigInt.asIntN(32, bits))];
  if (type === "i64") return [0x42, ...signed(BigInt.asIntN(64, bits))];
  if (type === "f32") return [0x43, ...little(4)];
  if (type === "f64") return [0x44, ...little(8)];
  return [0xfd, 0x0c, ...little(16)];
}

export function vector(items: readonly (readonly number[])[]): number[] {
  return [...unsigned(items.length), ...items.flat()];
}

export function name(ascii: string): number[] {
  return [...unsigned(ascii.length), ...Array.from(ascii, (char) => char.charCodeAt(0))];
}

export function section(id: number, content: readonly number[]): number[] {
  return [id, ...unsigned(content.length), ...content];
}

export function types(list: readonly ValueType[]): number[] {
  return vector(list.map((type) => [TYPE_CODE[type]]));
}
