/** Pieces of memory as the host reads a list of them. Keeps the pieces alive for as long as it lives itself. */
export class ByteSlices {
  private readonly list: StaticArray<u32>;

  constructor(private readonly pieces: Uint8Array[]) {
    const list = new StaticArray<u32>(2 * pieces.length);
    for (let i = 0; i < pieces.length; i++) {
      list[2 * i] = <u32>pieces[i].dataStart;
      list[2 * i + 1] = pieces[i].byteLength;
    }
    this.list = list;
  }

  get start(): usize {
    return changetype<usize>(this.list);
  }

  /** In slices. */
  get length(): u32 {
    return this.pieces.length;
  }
}
