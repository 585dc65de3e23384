/**
 * The one string codec of the project. Lengths at the border are UTF-8 bytes, never UTF-16 units.
 */

const encoder = new TextEncoder();
// ignoreBOM keeps a leading U+FEFF: a guest's string is handed on as it is.
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** UTF-8 bytes of a string. A lone surrogate, which UTF-8 cannot express, becomes U+FFFD. */
export function encodeText(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text);
}

/** Up to this many bytes a loop is faster than the engine's decoder, which takes some µs to begin (17 µs measured). */
const SHORT_TEXT_BYTES = 64;

/** As that, where no string has to be made. */
const SHORT_CHECK_BYTES = 4096;

/** The string of UTF-8 bytes, or undefined if they are not valid UTF-8 (an encoded surrogate is not). */
export function decodeText(bytes: Uint8Array): string | undefined {
  const ascii = bytes.length <= SHORT_TEXT_BYTES ? decodeAscii(bytes) : undefined;
  if (ascii !== undefined) return ascii;
  try {
    return decoder.decode(bytes);
  } catch (error) {
    // The Encoding standard names TypeError as the one error of a fatal decoder.
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** Whether bytes are known to be valid UTF-8 without the engine's decoder. */
export function isShortAscii(bytes: Uint8Array, start: number, length: number): boolean {
  if (length > SHORT_CHECK_BYTES) return false;
  for (let at = start; at < start + length; at++) if (bytes[at]! >= 0x80) return false;
  return true;
}

/** undefined if a byte is not ASCII. */
function decodeAscii(bytes: Uint8Array): string | undefined {
  let text = "";
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    if (byte >= 0x80) return undefined;
    text += String.fromCharCode(byte);
  }
  return text;
}

/** Length of a string in UTF-8 bytes, as `encodeText(text).length`, without encoding it. */
export function textByteLength(text: string): number {
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) length += 1;
    else if (unit < 0x800) length += 2;
    else if (isHighSurrogate(unit) && isLowSurrogate(text.charCodeAt(i + 1))) {
      length += 4;
      i++;
    } else length += 3;
  }
  return length;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
