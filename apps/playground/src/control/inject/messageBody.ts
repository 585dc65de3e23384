import { encodeValues } from "./bincode.ts";
import { BodyError } from "./bodyError.ts";

/** How a visitor writes the bytes of a message. */
export type BodyFormat = "values" | "text" | "hex";

/** @throws BodyError */
export function encodeBody(format: BodyFormat, text: string): Uint8Array {
  if (format === "text") return new TextEncoder().encode(text);
  return format === "hex" ? encodeHex(text) : encodeValues(text);
}

/** @throws BodyError */
function encodeHex(text: string): Uint8Array {
  const digits = text.replace(/0x|[\s,:]/gi, "");
  const wrong = /[^0-9a-f]/i.exec(digits);
  if (wrong) throw new BodyError(`"${wrong[0]}" is no hexadecimal digit`);
  if (digits.length % 2 === 1) throw new BodyError("A byte has two hexadecimal digits, and one is missing");
  return Uint8Array.from(digits.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
}

const MAX_TAG = 2n ** 64n;

/**
 * @param text decimal or 0x…; empty: no tag
 * @throws BodyError it is no number of 64 bits
 */
export function parseTag(text: string): bigint {
  const digits = text.trim();
  if (digits === "") return 0n;
  if (!/^(?:-?\d+|0x[0-9a-f]+)$/i.test(digits)) {
    throw new BodyError("A tag is a whole number, or 0x and hexadecimal digits");
  }
  const tag = BigInt(digits);
  if (tag >= MAX_TAG || tag < -MAX_TAG / 2n) throw new BodyError("A tag has 64 bits at most");
  return BigInt.asUintN(64, tag);
}
