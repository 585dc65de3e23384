const HEADER_BYTES = 8;
const CUSTOM = 0;

/**
 * The content of a custom section of a module.
 * @returns undefined: it has none of this name, or is no module, which is for the compiler to say
 */
export function customSectionOf(module: Uint8Array, name: string): Uint8Array | undefined {
  const reader = { at: HEADER_BYTES };
  while (reader.at < module.length) {
    const id = module[reader.at++];
    const size = readCount(module, reader);
    const end = reader.at + size;
    if (id === CUSTOM) {
      const length = readCount(module, reader);
      const from = reader.at;
      if (new TextDecoder().decode(module.subarray(from, from + length)) === name) {
        return module.slice(from + length, end);
      }
    }
    reader.at = end;
  }
  return undefined;
}

/** A u32 in LEB128. */
function readCount(bytes: Uint8Array, reader: { at: number }): number {
  let value = 0;
  for (let shift = 0; shift < 35; shift += 7) {
    const byte = bytes[reader.at++] ?? 0;
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) break;
  }
  return value;
}
