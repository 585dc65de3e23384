/** Where codecs put bytes: into the message that is being written, through a buffer of fixed size. */

import { create_data, write_data } from "../host/message";
import { SLICE_BYTES, encodeSlice, sliceEnd } from "../text/utf8";

const CAPACITY: usize = 512;
const BUFFER: usize = memory.data(512, 8);

let filled: usize = 0;

/** Starts a message. Tag 0: none. */
export function begin(tag: i64): void {
  create_data(tag, 0);
  filled = 0;
}

/** Hands what is in the buffer to the host. */
export function flush(): void {
  if (filled == 0) return;
  write_data(BUFFER, <u32>filled);
  filled = 0;
}

/** Makes room for at most 512 bytes and returns where they go. */
export function reserve(size: usize): usize {
  if (filled + size > CAPACITY) flush();
  const at = BUFFER + filled;
  filled += size;
  return at;
}

/** A number as it lies in memory: little-endian, in its own width. */
export function putNumber<T>(value: T): void {
  store<T>(reserve(sizeof<T>()), value);
}

/** Bytes as they are. */
export function putBytes(from: usize, length: usize): void {
  if (length <= CAPACITY >> 2) {
    memory.copy(reserve(length), from, length);
  } else {
    flush();
    write_data(from, <u32>length);
  }
}

/** A text as UTF-8, without its length. */
export function putUtf8(text: string): void {
  let from = changetype<usize>(text);
  const end = from + (<usize>text.length << 1);
  while (from < end) {
    const cut = sliceEnd(from, end);
    if (filled + SLICE_BYTES > CAPACITY) flush();
    filled += encodeSlice(from, cut, BUFFER + filled);
    from = cut;
  }
}
