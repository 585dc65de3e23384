import { InstrumentError, type InstrumentErrorKind } from "../error.ts";
import {
  ABSTRACT_HEAP,
  isAbstractHeapType,
  isSimpleValueType,
  REF,
  REF_NULL,
  type ValueType,
} from "./valueType.ts";

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** What authors of cut or damaged modules are told. */
export const REBUILD_ADVICE = "check that the file is complete and built by a wasm toolchain";

/**
 * Reads the encodings of the wasm binary format between `at` and `end`, and refuses everything the format does
 * not allow: reads beyond `end`, LEB128 numbers that are too long or too large, names that are not UTF-8.
 */
export class ByteReader {
  readonly bytes: Uint8Array;
  at = 0;
  /** Nothing at or after this offset is read; sections and function bodies narrow it. */
  end: number;
  /** The function whose body is being read, for errors. */
  functionIndex: number | undefined;

  constructor(bytes: Uint8Array, at = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  /** @throws InstrumentError always; at `byteOffset`, by default where the reader stands. */
  fail(kind: InstrumentErrorKind, finding: string, advice: string, byteOffset = this.at): never {
    throw new InstrumentError(kind, finding, advice, { byteOffset, functionIndex: this.functionIndex });
  }

  malformed(finding: string, byteOffset = this.at): never {
    this.fail("malformed", finding, REBUILD_ADVICE, byteOffset);
  }

  invalid(finding: string, byteOffset = this.at): never {
    this.fail(
      "invalid",
      finding,
      "no engine would accept this module; check the tool that built it",
      byteOffset,
    );
  }

  unsupported(finding: string, advice: string, byteOffset = this.at): never {
    this.fail("unsupported", finding, advice, byteOffset);
  }

  byte(): number {
    if (this.at >= this.end) this.malformed("the data ends here, but another byte is needed");
    return this.bytes[this.at++] as number;
  }

  /** Steps over `count` bytes. */
  skip(count: number): void {
    if (count > this.end - this.at) {
      this.malformed(`${count} bytes are needed, ${this.end - this.at} are left`);
    }
    this.at += count;
  }

  u32(): number {
    const start = this.at;
    let value = 0;
    let shift = 0;
    for (;;) {
      const byte = this.byte();
      if (shift === 28 && byte > 0x0f)
        this.malformed("an unsigned 32-bit number is too long or too large", start);
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
      shift += 7;
    }
  }

  s32(): number {
    const start = this.at;
    let value = 0;
    let shift = 0;
    for (;;) {
      const byte = this.byte();
      // The fifth byte carries 4 bits; the rest of its 7 must repeat the sign.
      if (shift === 28 && byte > 0x07 && (byte < 0x78 || byte > 0x7f)) {
        this.malformed("a signed 32-bit number is too long or too large", start);
      }
      value |= (byte & 0x7f) << shift;
      shift += 7;
      if (byte < 0x80) return shift < 32 && (byte & 0x40) !== 0 ? value | (-1 << shift) : value;
    }
  }

  /** A signed 33-bit number, as block types and heap types are written. */
  s33(): number {
    const start = this.at;
    let value = 0;
    let scale = 1;
    for (let count = 1; ; count++) {
      const byte = this.byte();
      if (count === 5 && byte > 0x0f && (byte < 0x70 || byte > 0x7f)) {
        this.malformed("a signed 33-bit number is too long or too large", start);
      }
      value += (byte & 0x7f) * scale;
      scale *= 0x80;
      if (byte < 0x80) return (byte & 0x40) !== 0 ? value - scale : value;
    }
  }

  /** Steps over a signed 64-bit number. */
  skipS64(): void {
    const start = this.at;
    for (let count = 1; ; count++) {
      const byte = this.byte();
      if (count === 10 && byte !== 0x00 && byte !== 0x7f) {
        this.malformed("a signed 64-bit number is too long or too large", start);
      }
      if (byte < 0x80) return;
    }
  }

  /**
   * The length of a list whose items take at least `itemBytes` bytes each. Checked against the bytes left, so that
   * a claimed length never makes us allocate more than the input holds.
   */
  count(what: string, itemBytes = 1, limit = Number.POSITIVE_INFINITY): number {
    const start = this.at;
    const count = this.u32();
    if (count * itemBytes > this.end - this.at) {
      this.malformed(`${count} ${what} are announced, but only ${this.end - this.at} bytes follow`, start);
    }
    if (count > limit) {
      this.fail(
        "tooLarge",
        `there are ${count} ${what}`,
        `engines accept at most ${limit}; split the module`,
        start,
      );
    }
    return count;
  }

  name(): string {
    const length = this.count("bytes of a name");
    const start = this.at;
    this.at += length;
    try {
      return decoder.decode(this.bytes.subarray(start, this.at));
    } catch {
      return this.malformed("a name is not UTF-8", start);
    }
  }

  /** A value type; `typeCount` bounds the type indices of typed references. */
  valueType(typeCount: number): ValueType {
    const start = this.at;
    const byte = this.byte();
    if (isSimpleValueType(byte)) return byte;
    if (byte === REF || byte === REF_NULL) return byte | (this.heapType(typeCount) << 8);
    return this.unknownType(byte, start);
  }

  /** A heap type: a type index plus one, or an abstract type's byte plus `ABSTRACT_HEAP`. */
  heapType(typeCount: number): number {
    const start = this.at;
    const heap = this.s33();
    if (heap < 0) {
      const byte = heap & 0x7f;
      return isAbstractHeapType(byte) ? byte + ABSTRACT_HEAP : this.unknownType(byte, start);
    }
    if (heap >= typeCount) this.invalid(`type ${heap} does not exist, there are ${typeCount}`, start);
    return heap + 1;
  }

  private unknownType(byte: number, start: number): never {
    // The reference types of the GC proposal; everything else is no type at all.
    if (byte >= 0x67 && byte <= 0x74 && byte !== 0x70 && byte !== 0x6f) {
      this.unsupported(
        `type 0x${byte.toString(16)} belongs to the gc or stack-switching feature`,
        "build the guest without it",
        start,
      );
    }
    return this.malformed(`0x${byte.toString(16)} is not a value type`, start);
  }
}
