/** What inflates to another length than was said. */
export class LengthError extends Error {
  override readonly name = "LengthError";
}

export function pack(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return passThrough(new CompressionStream("gzip"), bytes, Number.POSITIVE_INFINITY);
}

/**
 * @param length of the result; no more memory than that is taken, whatever the bytes inflate to
 * @throws LengthError it is another length
 * @throws Error of the platform: not gzip, cut short, or with a wrong checksum
 */
export async function unpack(
  bytes: Uint8Array<ArrayBuffer>,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const unpacked = await passThrough(new DecompressionStream("gzip"), bytes, length);
  if (unpacked.length !== length) {
    throw new LengthError(`inflates to ${unpacked.length} bytes instead of ${length}`);
  }
  return unpacked;
}

/** Either stream of the platform. */
type Transform = Pick<CompressionStream, "readable" | "writable">;

async function passThrough(
  transform: Transform,
  bytes: Uint8Array<ArrayBuffer>,
  limit: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const writer = transform.writable.getWriter();
  // What goes wrong in writing is told by the reading end too.
  const written = Promise.allSettled([writer.write(bytes), writer.close()]);
  const reader = transform.readable.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done || value === undefined) break;
    length += value.length;
    if (length > limit) {
      await reader.cancel();
      await written;
      throw new LengthError(`inflates to more than ${limit} bytes`);
    }
    parts.push(value);
  }
  await written;
  return join(parts, length);
}

/** @param length of all together */
export function join(parts: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
