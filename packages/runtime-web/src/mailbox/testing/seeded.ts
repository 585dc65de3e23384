/** Numerical Recipes' linear congruential generator: repeatable, and good enough to choose test cases. */
export function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** A frame that says who sent it as which: | sender u32 | number u32 | filling derived from both |. */
export function numberedFrame(sender: number, number: number, length: number): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(Math.max(8, length));
  new DataView(frame.buffer).setUint32(0, sender, true);
  new DataView(frame.buffer).setUint32(4, number, true);
  for (let index = 8; index < frame.length; index++) frame[index] = (sender * 31 + number * 7 + index) & 0xff;
  return frame;
}

/** @returns the number of a frame of this sender. @throws Error if any byte of it is not as it was made */
export function readNumberedFrame(frame: Uint8Array, sender: number): number {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const number = view.getUint32(4, true);
  if (view.getUint32(0, true) !== sender) throw new Error(`Frame ${number} is of another sender`);
  for (let index = 8; index < frame.length; index++) {
    if (frame[index] !== ((sender * 31 + number * 7 + index) & 0xff)) {
      throw new Error(`Frame ${number} of ${sender} is damaged at byte ${index} of ${frame.length}`);
    }
  }
  return number;
}
