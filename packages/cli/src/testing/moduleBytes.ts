/** A wasm module that does nothing and exports functions under these names. */
export function moduleWithExports(names: readonly string[]): Uint8Array {
  const exports = names.flatMap((name) => {
    const text = new TextEncoder().encode(name);
    return [...leb(text.length), ...text, 0x00, 0x00];
  });
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [0x01, 0x60, 0x00, 0x00]),
    ...section(3, [0x01, 0x00]),
    ...section(7, [...leb(names.length), ...exports]),
    ...section(10, [0x01, 0x02, 0x00, 0x0b]),
  ]);
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...leb(content.length), ...content];
}

/** Unsigned LEB128. */
function leb(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...leb(value >>> 7)];
}
