/**
 * A module with one memory of one page and one function that returns at once, exported under each of the names.
 * Written out here: an assembler would be a dependency for sixty bytes.
 */
export function tinyModule(names: readonly string[]): Uint8Array {
  const exported = names.map((name) => [...text(name), 0, 0]);
  const memory = [...text("memory"), 2, 0];
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 0, 0]),
    ...section(3, [1, 0]),
    ...section(5, [1, 0, 1]),
    ...section(7, [...leb(names.length + 1), ...memory, ...exported.flat()]),
    ...section(10, [1, 2, 0, 0x0b]),
  ]);
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...leb(content.length), ...content];
}

function text(value: string): number[] {
  const bytes = new TextEncoder().encode(value);
  return [...leb(bytes.length), ...bytes];
}

/** Unsigned LEB128. */
function leb(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...leb(value >>> 7)];
}
