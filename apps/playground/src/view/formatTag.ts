/** Tags below this are told as they are. */
const SHORT = 1_000_000_000n;

/** 132; a tag with high bits, as libraries make them for replies, in hexadecimal without its middle: 0x01…0084 */
export function formatTag(tag: bigint): string {
  if (tag > -SHORT && tag < SHORT) return String(tag);
  const digits = BigInt.asUintN(64, tag).toString(16).padStart(16, "0");
  return `0x${digits.slice(0, 2)}…${digits.slice(-4)}`;
}
