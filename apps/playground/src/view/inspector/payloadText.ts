/** Bytes per line: a hex dump of this width fits beside its text into the inspector. */
export const LINE_BYTES = 8;

export interface PayloadLine {
  /** "0008" */
  readonly offset: string;
  /** "68 65 6c 6c 6f" */
  readonly hex: string;
  /** "hello", with a dot for what is no printable ASCII. */
  readonly text: string;
}

/** The bytes of a message as a hex dump. */
export function payloadLines(bytes: Uint8Array): PayloadLine[] {
  const lines: PayloadLine[] = [];
  for (let at = 0; at < bytes.length; at += LINE_BYTES) {
    const part = [...bytes.subarray(at, at + LINE_BYTES)];
    lines.push({
      offset: at.toString(16).padStart(4, "0"),
      hex: part.map((byte) => byte.toString(16).padStart(2, "0")).join(" "),
      text: part.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "·")).join(""),
    });
  }
  return lines;
}

/** The text of a payload if it is one: whole, valid UTF-8 without control characters; else undefined. */
export function payloadString(bytes: Uint8Array, isWhole: boolean): string | undefined {
  if (bytes.length === 0) return undefined;
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: !isWhole });
    return /^[^\p{Cc}]+$/u.test(text) ? text : undefined;
  } catch (thrown) {
    if (thrown instanceof TypeError) return undefined;
    throw thrown;
  }
}
