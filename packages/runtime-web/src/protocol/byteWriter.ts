const TEXT = new TextEncoder();
const INITIAL_BYTES = 512;
/** A larger buffer is given back after its frame, so that one giant message is not kept for ever. */
const LARGEST_KEPT_BYTES = 1 << 20;
const LOW_WORD = 2 ** 32;

/** Writes little-endian values one after another into a buffer that is reused from frame to frame. */
export class ByteWriter {
  #bytes = new Uint8Array(INITIAL_BYTES);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  restart(): void {
    this.#length = 0;
    if (this.#bytes.length > LARGEST_KEPT_BYTES) this.#replace(new Uint8Array(INITIAL_BYTES));
  }

  /** @returns what was written since restart; valid until the next restart */
  finish(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  u8(value: number): void {
    this.#bytes[this.#reserve(1)] = value;
  }

  u32(value: number): void {
    const at = this.#reserve(4);
    this.#view.setUint32(at, value, true);
  }

  /** A whole number up to 2^53: pids, ids, counts. */
  u53(value: number): void {
    const at = this.#reserve(8);
    this.#view.setUint32(at, value % LOW_WORD, true);
    this.#view.setUint32(at + 4, Math.floor(value / LOW_WORD), true);
  }

  f64(value: number): void {
    const at = this.#reserve(8);
    this.#view.setFloat64(at, value, true);
  }

  i64(value: bigint): void {
    const at = this.#reserve(8);
    this.#view.setBigInt64(at, value, true);
  }

  u64(value: bigint): void {
    const at = this.#reserve(8);
    this.#view.setBigUint64(at, value, true);
  }

  /** Length (u32) and bytes. */
  bytes(value: Uint8Array): void {
    this.u32(value.length);
    const at = this.#reserve(value.length);
    this.#bytes.set(value, at);
  }

  /** Length in bytes (u32) and UTF-8. */
  text(value: string): void {
    this.bytes(TEXT.encode(value));
  }

  #reserve(count: number): number {
    const at = this.#length;
    this.#length = at + count;
    if (this.#length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#length, this.#bytes.length * 2));
      larger.set(this.#bytes.subarray(0, at));
      this.#replace(larger);
    }
    return at;
  }

  #replace(bytes: Uint8Array<ArrayBuffer>): void {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer);
  }
}
