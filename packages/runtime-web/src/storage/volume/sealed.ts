import type { Checksum } from "./checksum.ts";

const FIELD_BYTES = 8;

/** Bytes that a seal of so many fields takes. */
export function sealBytes(fields: number): number {
  return (fields + 1) * FIELD_BYTES;
}

/** Writes numbers and a checksum of them: what is read back is all of them or nothing. */
export function seal(
  into: Uint8Array<ArrayBuffer>,
  at: number,
  fields: readonly number[],
  checksum: Checksum,
): void {
  const view = new DataView(into.buffer, into.byteOffset + at);
  fields.forEach((field, index) => {
    view.setFloat64(index * FIELD_BYTES, field, true);
  });
  const end = fields.length * FIELD_BYTES;
  view.setFloat64(end, checksum(into.subarray(at, at + end)), true);
}

/** @returns undefined: nothing of that form is there, or not all of it */
export function unseal(
  from: Uint8Array<ArrayBuffer>,
  at: number,
  magic: number,
  fields: number,
  checksum: Checksum,
): number[] | undefined {
  if (at + sealBytes(fields) > from.length) return undefined;
  const view = new DataView(from.buffer, from.byteOffset + at);
  if (view.getFloat64(0, true) !== magic) return undefined;
  const end = fields * FIELD_BYTES;
  if (view.getFloat64(end, true) !== checksum(from.subarray(at, at + end))) return undefined;
  return Array.from({ length: fields }, (_, index) => view.getFloat64(index * FIELD_BYTES, true));
}
