import type { ValueType } from "./valueType.ts";
import { ABSTRACT_HEAP } from "./valueType.ts";

const encoder = new TextEncoder();

/**
 * A growing byte buffer with the encodings of the wasm binary format.
 * Its hot methods write into `bytes` directly; `length` is how much of it is meant.
 */
export class ByteWriter {
  bytes: Uint8Array<ArrayBuffer>;
  length = 0;

  constructor(capacity = 256) {
    this.bytes = new Uint8Array(capacity);
  }

  /** Makes room for `count` more bytes. */
  reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.length + count));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
  }

  /** Appends the low 8 bits. */
  byte(value: number): void {
    if (this.length === this.bytes.length) this.reserve(1);
    this.bytes[this.length++] = value;
  }

  /** Appends one byte per argument. */
  raw(...values: readonly number[]): void {
    for (const value of values) this.byte(value);
  }

  /** Unsigned LEB128 of a value below 2^32. */
  u32(value: number): void {
    if (this.length + 5 > this.bytes.length) this.reserve(5);
    let rest = value >>> 0;
    while (rest > 0x7f) {
      this.bytes[this.length++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.bytes[this.length++] = rest;
  }

  /** Unsigned LEB128 in at least `width` bytes, at most 5: linkers pad, and what we do not change stays padded. */
  paddedU32(value: number, width: number): void {
    if (this.length + 5 > this.bytes.length) this.reserve(5);
    let rest = value >>> 0;
    let left = width;
    while (rest > 0x7f || left > 1) {
      this.bytes[this.length++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
      left--;
    }
    this.bytes[this.length++] = rest;
  }

  /** Signed LEB128 of a 32-bit value. */
  s32(value: number): void {
    if (this.length + 5 > this.bytes.length) this.reserve(5);
    let rest = value | 0;
    while (rest > 0x3f || rest < -0x40) {
      this.bytes[this.length++] = (rest & 0x7f) | 0x80;
      rest >>= 7;
    }
    this.bytes[this.length++] = rest & 0x7f;
  }

  /** Signed LEB128 of a non-negative integer below 2^53, as `i64.const` takes it. */
  s64(value: number): void {
    let rest = value;
    while (rest > 0x3f) {
      this.byte((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.byte(rest);
  }

  /** A value type; see `ValueType` for how typed references are held. */
  valueType(type: ValueType): void {
    this.byte(type & 0xff);
    const heap = type >>> 8;
    if (heap >= ABSTRACT_HEAP) this.byte(heap - ABSTRACT_HEAP);
    else if (heap > 0) this.s64(heap - 1);
  }

  /** A name: its length in UTF-8 bytes, then the bytes. */
  name(text: string): void {
    const bytes = encoder.encode(text);
    this.u32(bytes.length);
    this.copy(bytes, 0, bytes.length);
  }

  /** Copies `source[from..to)`. */
  copy(source: Uint8Array, from: number, to: number): void {
    const count = to - from;
    if (count <= 0) return;
    this.reserve(count);
    if (count > 48) {
      this.bytes.set(source.subarray(from, to), this.length);
      this.length += count;
      return;
    }
    // Typical spans are a few bytes; a loop beats the call overhead of set and subarray there.
    const target = this.bytes;
    let at = this.length;
    for (let next = from; next < to; next++) target[at++] = source[next] as number;
    this.length = at;
  }

  /** Appends what another writer holds. */
  append(other: ByteWriter): void {
    this.copy(other.bytes, 0, other.length);
  }

  /** Appends a section: id, byte length in at least `sizeWidth` bytes, content. */
  section(id: number, content: ByteWriter, sizeWidth = 1): void {
    this.byte(id);
    this.paddedU32(content.length, sizeWidth);
    this.append(content);
  }

  /** A copy of what was written. */
  toBytes(): Uint8Array<ArrayBuffer> {
    return this.bytes.slice(0, this.length);
  }
}
