/**
 * How much an executor has to do, for the others, where they share no memory to read it in.
 * Frame: | LOAD u8 | runnable u32 LE |. The first byte of an envelope's frame is its version, which is never 0.
 */
const LOAD = 0;
const LOAD_BYTES = 5;

/** @param runnable processes that could run now */
export function encodeLoad(runnable: number): Uint8Array {
  const frame = new Uint8Array(LOAD_BYTES);
  new DataView(frame.buffer).setUint32(1, runnable, true);
  return frame;
}

/** @returns undefined if the frame is an envelope */
export function decodeLoad(frame: Uint8Array<ArrayBuffer>): number | undefined {
  if (frame[0] !== LOAD || frame.length !== LOAD_BYTES) return undefined;
  return new DataView(frame.buffer, frame.byteOffset).getUint32(1, true);
}
