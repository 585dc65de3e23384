/** Between AssemblyScript's strings, which are UTF-16, and the UTF-8 of the host and of other languages. */

/** UTF-16 units that are encoded at a time: three bytes for each at most. */
const SLICE: usize = 128;

/** Bytes that a slice may take. */
export const SLICE_BYTES: usize = SLICE * 3;

/** Where the slice that starts at `from` ends: never between the halves of a surrogate pair. */
export function sliceEnd(from: usize, end: usize): usize {
  if (end - from <= SLICE << 1) return end;
  const cut = from + (SLICE << 1);
  const splitsPair = (load<u16>(cut - 2) & 0xfc00) == 0xd800 && (load<u16>(cut) & 0xfc00) == 0xdc00;
  return splitsPair ? cut - 2 : cut;
}

/** Encodes a slice and returns the bytes it took. A lone surrogate becomes U+FFFD, since UTF-8 has none. */
export function encodeSlice(from: usize, end: usize, to: usize): usize {
  return String.UTF8.encodeUnsafe(from, <i32>((end - from) >> 1), to, false, String.UTF8.ErrorMode.REPLACE);
}

/** A text as UTF-8 bytes. */
export function encodeUtf8(text: string): ArrayBuffer {
  return String.UTF8.encode(text, false, String.UTF8.ErrorMode.REPLACE);
}

/** The text of UTF-8 bytes that are known to be valid, such as the host's. */
export function decodeUtf8(from: usize, length: usize): string {
  return String.UTF8.decodeUnsafe(from, length);
}

/** Whether bytes are UTF-8 as the standard has it: no overlong forms, no surrogates, nothing cut short. */
export function isUtf8(from: usize, length: usize): bool {
  const end = from + length;
  while (from < end) {
    const first = <u32>load<u8>(from++);
    if (first < 0x80) continue;
    // How many bytes follow, and the range of the first of them: it rules out overlong forms and surrogates.
    let following: usize = 1;
    let low: u32 = 0x80;
    let high: u32 = 0xbf;
    if (first < 0xc2 || first > 0xf4) return false;
    if (first >= 0xf0) {
      following = 3;
      if (first == 0xf0) low = 0x90;
      if (first == 0xf4) high = 0x8f;
    } else if (first >= 0xe0) {
      following = 2;
      if (first == 0xe0) low = 0xa0;
      if (first == 0xed) high = 0x9f;
    }
    if (end - from < following) return false;
    const second = <u32>load<u8>(from);
    if (second < low || second > high) return false;
    for (let i: usize = 1; i < following; i++) if ((load<u8>(from + i) & 0xc0) != 0x80) return false;
    from += following;
  }
  return true;
}
