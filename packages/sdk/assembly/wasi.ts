/** WASI preview1's fd_write: writes the text ranges (`iovs`: pointer and length each) to a descriptor. */
// @ts-ignore: decorator
@external("wasi_snapshot_preview1", "fd_write")
export declare function fd_write(fd: u32, iovs: usize, iovsLength: usize, written: usize): u32;

export const STDOUT: u32 = 1;
export const STDERR: u32 = 2;

const RANGE: usize = memory.data(8);
const WRITTEN: usize = memory.data(4);

/** Writes a text as UTF-8, whole. */
export function writeText(fd: u32, text: string): void {
  const bytes = String.UTF8.encode(text);
  let start = changetype<usize>(bytes);
  let left = <u32>bytes.byteLength;
  while (left > 0) {
    store<u32>(RANGE, <u32>start);
    store<u32>(RANGE, left, 4);
    if (fd_write(fd, RANGE, 1, WRITTEN) != 0) return;
    const written = load<u32>(WRITTEN);
    start += written;
    left -= written;
  }
}
