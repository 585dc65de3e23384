/** Reads bincode from memory. Reading behind the end traps. */
export class ByteReader {
  private at: usize;
  private readonly end: usize;

  constructor(start: usize, length: usize) {
    this.at = start;
    this.end = start + length;
  }

  u8(): u8 {
    return load<u8>(this.take(1));
  }

  u32(): u32 {
    return load<u32>(this.take(4));
  }

  u64(): u64 {
    return load<u64>(this.take(8));
  }

  /** Length and content, copied. */
  bytes(): Uint8Array {
    const length = <usize>this.u64();
    const from = this.take(length);
    const copy = new Uint8Array(<i32>length);
    memory.copy(copy.dataStart, from, length);
    return copy;
  }

  text(): string {
    const length = <usize>this.u64();
    return String.UTF8.decodeUnsafe(this.take(length), length);
  }

  private take(length: usize): usize {
    const at = this.at;
    assert(length <= this.end - at, "the answer of the host is too short");
    this.at = at + length;
    return at;
  }
}
