import { fd_write } from "../host/wasiPreview1";
import { SLICE_BYTES, encodeSlice, sliceEnd } from "../text/utf8";

/** The descriptor of what a program prints. */
export const STDOUT: u32 = 1;
/** The descriptor of what it says about errors. */
export const STDERR: u32 = 2;

const BYTES: usize = memory.data(384);
const RANGE: usize = memory.data(8, 4);
const WRITTEN: usize = memory.data(4, 4);
const NEWLINE: u8 = 0x0a;

/** Writes a text to a descriptor, through a fixed buffer: no memory is allocated. */
export function writeText(fd: u32, text: string): void {
  let from = changetype<usize>(text);
  const end = from + (<usize>text.length << 1);
  while (from < end) {
    const cut = sliceEnd(from, end);
    writeBytes(fd, BYTES, encodeSlice(from, cut, BYTES));
    from = cut;
  }
}

/** Writes a text and a line break. */
export function writeLine(fd: u32, text: string): void {
  const from = changetype<usize>(text);
  const end = from + (<usize>text.length << 1);
  // One write for a short line: writes of processes that share a stream do not mix within one.
  if (sliceEnd(from, end) == end && (<usize>text.length) * 3 < SLICE_BYTES) {
    const length = encodeSlice(from, end, BYTES);
    store<u8>(BYTES + length, NEWLINE);
    writeBytes(fd, BYTES, length + 1);
    return;
  }
  writeText(fd, text);
  store<u8>(BYTES, NEWLINE);
  writeBytes(fd, BYTES, 1);
}

/** Writes bytes, all of them. Ends silently where the descriptor does not take them: nobody could be told. */
export function writeBytes(fd: u32, from: usize, length: usize): void {
  while (length > 0) {
    store<usize>(RANGE, from);
    store<usize>(RANGE, length, 4);
    if (fd_write(fd, RANGE, 1, WRITTEN) != 0) return;
    const written = load<usize>(WRITTEN);
    if (written == 0) return;
    from += written;
    length -= written;
  }
}
