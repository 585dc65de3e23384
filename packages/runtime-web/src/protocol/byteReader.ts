const NOTHING = new Uint8Array(0);
const LOW_WORD = 2 ** 32;
const TEXT = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** A frame that no encoder of this version made. `offset` is the byte where reading stopped making sense. */
export class FrameError extends Error {
  override name = "FrameError";
  readonly offset: number;

  constructor(problem: string, offset: number) {
    super(`Cannot read a frame from another executor: ${problem} at byte ${offset}`);
    this.offset = offset;
  }
}

/** Frames often lie in the same memory as the one before, and a view takes longer to make than one is read. */
let latest = new DataView(new ArrayBuffer(0));

function viewOf(buffer: ArrayBuffer): DataView {
  if (latest.buffer !== buffer) latest = new DataView(buffer);
  return latest;
}

/** Reads what ByteWriter wrote. @throws FrameError from any call that would read beyond the end */
export class ByteReader {
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #view: DataView;
  /** Where the view's offset is that is 0 here. */
  readonly #base: number;
  readonly #length: number;
  #at = 0;

  constructor(bytes: Uint8Array<ArrayBuffer>) {
    this.#bytes = bytes;
    this.#view = viewOf(bytes.buffer);
    this.#base = bytes.byteOffset;
    this.#length = bytes.length;
  }

  get offset(): number {
    return this.#at;
  }

  u8(): number {
    return this.#view.getUint8(this.#base + this.#advance(1));
  }

  u32(): number {
    return this.#view.getUint32(this.#base + this.#advance(4), true);
  }

  u53(): number {
    const at = this.#base + this.#advance(8);
    return this.#view.getUint32(at, true) + this.#view.getUint32(at + 4, true) * LOW_WORD;
  }

  f64(): number {
    return this.#view.getFloat64(this.#base + this.#advance(8), true);
  }

  i64(): bigint {
    return this.#view.getBigInt64(this.#base + this.#advance(8), true);
  }

  u64(): bigint {
    return this.#view.getBigUint64(this.#base + this.#advance(8), true);
  }

  /** A view into the frame, not a copy. */
  bytes(): Uint8Array<ArrayBuffer> {
    const length = this.u32();
    const at = this.#advance(length);
    return this.#bytes.subarray(at, at + length);
  }

  /** A copy, not a view into the frame. */
  copy(): Uint8Array<ArrayBuffer> {
    const length = this.u32();
    if (length === 0) return NOTHING;
    const at = this.#advance(length);
    return this.#bytes.slice(at, at + length);
  }

  text(): string {
    const at = this.#at;
    const bytes = this.bytes();
    try {
      return TEXT.decode(bytes);
    } catch {
      throw new FrameError("text that is not UTF-8", at);
    }
  }

  /** @throws FrameError unless everything was read */
  finish(): void {
    if (this.#at !== this.#length) throw new FrameError("bytes left over", this.#at);
  }

  #advance(count: number): number {
    const at = this.#at;
    if (at + count > this.#length) throw new FrameError(`${count} bytes missing`, at);
    this.#at = at + count;
    return at;
  }
}
