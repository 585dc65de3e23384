const FIRST_CAPACITY: i32 = 64;

/** Writes bincode to memory. */
export class ByteWriter {
  private buffer: ArrayBuffer = new ArrayBuffer(FIRST_CAPACITY);
  private used: i32 = 0;

  get start(): usize {
    return changetype<usize>(this.buffer);
  }

  get length(): u32 {
    return this.used;
  }

  u32(value: u32): void {
    store<u32>(this.room(4), value);
  }

  u64(value: u64): void {
    store<u64>(this.room(8), value);
  }

  /** Length and content. */
  bytes(bytes: Uint8Array): void {
    this.u64(bytes.byteLength);
    memory.copy(this.room(bytes.byteLength), bytes.dataStart, bytes.byteLength);
  }

  private room(length: i32): usize {
    const at = this.used;
    this.used = at + length;
    if (this.used > this.buffer.byteLength) {
      const larger = new ArrayBuffer(max<i32>(this.used, 2 * this.buffer.byteLength));
      memory.copy(changetype<usize>(larger), this.start, at);
      this.buffer = larger;
    }
    return this.start + at;
  }
}
