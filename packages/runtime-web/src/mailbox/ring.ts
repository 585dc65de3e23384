/**
 * A byte ring in shared memory with one writing and one reading thread.
 *
 *     byte 0        64            128           192
 *     | version     | head i32    | tail i32    | pieces … (capacity bytes)
 *     | capacity    | isFull i32  |             |
 *
 * head counts the bytes read and tail the bytes written, modulo 2^32; the reader alone moves head, the writer alone
 * tail, each on a cache line of its own. The writer stores a piece before tail, the reader takes it before head. A
 * piece is | length and MORE bit u32 | bytes, padded to 4 |, wrapping around the end of the ring; a frame longer than
 * the room there is goes in several pieces, all but the last with MORE.
 */
const VERSION_WORD = 0;
const CAPACITY_WORD = 1;
const HEAD_WORD = 16;
/** Set by the writer when it has bytes left that did not fit; the reader clears it and wakes the writer. */
const FULL_WORD = 17;
const TAIL_WORD = 32;
const DATA_AT = 192;
const LAYOUT_VERSION = 1;
const HEADER_BYTES = 4;
const MORE = 0x8000_0000;
/** What `write` answers to a full ring. */
export const NO_ROOM = -1;
/** A frame that is lent: longer ones are copied into memory of their own. */
const LENT_BYTES = 4096;
/** Up to here a loop is faster than making the view that a copy by the engine needs. */
const SHORT_COPY_BYTES = 256;

/** Holds some 600 messages of 100 bytes; a power of two, so that positions wrap with 2^32. */
export const DEFAULT_RING_BYTES = 65_536;

/** @param capacity bytes for pieces, a power of two, at least 16 */
export function createRing(capacity = DEFAULT_RING_BYTES): SharedArrayBuffer {
  if (capacity < 16 || (capacity & (capacity - 1)) !== 0) {
    throw new RangeError(`A ring's capacity is a power of two from 16 on, not ${capacity}`);
  }
  const buffer = new SharedArrayBuffer(DATA_AT + capacity);
  const words = new Int32Array(buffer);
  words[VERSION_WORD] = LAYOUT_VERSION;
  words[CAPACITY_WORD] = capacity;
  return buffer;
}

interface RingViews {
  readonly words: Int32Array<SharedArrayBuffer>;
  readonly headers: Uint32Array<SharedArrayBuffer>;
  readonly data: Uint8Array<SharedArrayBuffer>;
  readonly mask: number;
}

function attach(buffer: SharedArrayBuffer): RingViews {
  const words = new Int32Array(buffer);
  const [version, capacity = 0] = words;
  if (version !== LAYOUT_VERSION || capacity !== buffer.byteLength - DATA_AT) {
    throw new Error(
      `Ring has layout ${version} and ${capacity} bytes, expected layout ${LAYOUT_VERSION} and ` +
        `${buffer.byteLength - DATA_AT} bytes: reload so that all parts match`,
    );
  }
  return {
    words,
    headers: new Uint32Array(buffer, DATA_AT),
    data: new Uint8Array(buffer, DATA_AT),
    mask: capacity - 1,
  };
}

/** The writing end. Used by one thread. */
export class RingWriter {
  readonly #views: RingViews;
  #tail: number;

  /** @throws Error the buffer is not a ring of this version */
  constructor(buffer: SharedArrayBuffer) {
    this.#views = attach(buffer);
    this.#tail = Atomics.load(this.#views.words, TAIL_WORD) >>> 0;
  }

  /**
   * Writes a piece of a frame, from `start` on and as long as there is room for.
   * @returns where the piece ends: the frame's length if that was the last one; NO_ROOM if nothing was written
   */
  write(frame: Uint8Array, start: number): number {
    const { words, headers, mask } = this.#views;
    const head = Atomics.load(words, HEAD_WORD) >>> 0;
    const room = mask + 1 - ((this.#tail - head) >>> 0) - HEADER_BYTES;
    const left = frame.length - start;
    // Less than a quarter of the ring is not worth a piece: a full ring would move on in crumbs.
    if (room < left && room < (mask + 1) / 4) return NO_ROOM;
    const length = Math.min(left, room);
    headers[(this.#tail & mask) >>> 2] = length < left ? (length | MORE) >>> 0 : length;
    this.#copyIn(frame, start, length, (this.#tail + HEADER_BYTES) & mask);
    this.#tail = (this.#tail + HEADER_BYTES + padded(length)) >>> 0;
    Atomics.store(words, TAIL_WORD, this.#tail | 0);
    return start + length;
  }

  /** Asks the reader to wake this side when it has read. Call `write` once more afterwards: it may have read just before. */
  announceFull(): void {
    Atomics.store(this.#views.words, FULL_WORD, 1);
  }

  #copyIn(frame: Uint8Array, start: number, length: number, at: number): void {
    const { data } = this.#views;
    if (length === frame.length && at + length <= data.length) {
      // The common case, without the two views that the others need.
      data.set(frame, at);
      return;
    }
    const first = Math.min(length, data.length - at);
    data.set(frame.subarray(start, start + first), at);
    if (first < length) data.set(frame.subarray(start + first, start + length), 0);
  }
}

/** The reading end. Used by one thread. */
export class RingReader {
  readonly #views: RingViews;
  #head: number;
  /** Pieces of a frame whose last one has not come yet. */
  #pieces: Uint8Array<ArrayBuffer>[] = [];
  /** Where frames are lent; undefined: the caller owns each. */
  readonly #lent: Uint32Array<ArrayBuffer> | undefined;
  readonly #lentBytes: Uint8Array<ArrayBuffer>;

  /**
   * @param lends a frame is valid until the next one is read, which spares most of what reading a short one costs
   * @throws Error the buffer is not a ring of this version
   */
  constructor(buffer: SharedArrayBuffer, lends = false) {
    this.#views = attach(buffer);
    this.#lent = lends ? new Uint32Array(LENT_BYTES / 4) : undefined;
    this.#lentBytes = new Uint8Array(this.#lent?.buffer ?? new ArrayBuffer(0));
    this.#head = Atomics.load(this.#views.words, HEAD_WORD) >>> 0;
  }

  /** @returns how far the writer has come, for `read` */
  mark(): number {
    return Atomics.load(this.#views.words, TAIL_WORD) >>> 0;
  }

  /**
   * @param end a mark: what was written after it is left alone, so that a busy writer cannot keep the reader for ever
   * @returns the next whole frame; undefined if there is none before the mark
   */
  read(end: number): Uint8Array<ArrayBuffer> | undefined {
    const { words, headers, mask } = this.#views;
    while (this.#head !== end) {
      const header = headers[(this.#head & mask) >>> 2]!;
      const length = (header & ~MORE) >>> 0;
      const at = (this.#head + HEADER_BYTES) & mask;
      const isWhole = (header & MORE) === 0 && this.#pieces.length === 0;
      const piece = (isWhole ? this.#lend(length, at) : undefined) ?? this.#copyOut(length, at);
      this.#head = (this.#head + HEADER_BYTES + padded(length)) >>> 0;
      Atomics.store(words, HEAD_WORD, this.#head | 0);
      if ((header & MORE) !== 0) this.#pieces.push(piece);
      else return this.#pieces.length === 0 ? piece : this.#join(piece);
    }
    return undefined;
  }

  /** @returns true, once, if the writer waits for room: it has to be woken now */
  takeFull(): boolean {
    const { words } = this.#views;
    return Atomics.load(words, FULL_WORD) === 1 && Atomics.exchange(words, FULL_WORD, 0) === 1;
  }

  #lend(length: number, at: number): Uint8Array<ArrayBuffer> | undefined {
    const { data, headers } = this.#views;
    const lent = this.#lent;
    if (lent === undefined || length > LENT_BYTES || at + padded(length) > data.length) return undefined;
    if (length > SHORT_COPY_BYTES) this.#lentBytes.set(data.subarray(at, at + length));
    else for (let i = 0, from = at >>> 2; i << 2 < length; i++) lent[i] = headers[from + i]!;
    return this.#lentBytes.subarray(0, length);
  }

  #copyOut(length: number, at: number): Uint8Array<ArrayBuffer> {
    const { data } = this.#views;
    // A slice of shared memory is a copy in memory of its own.
    if (at + length <= data.length) return data.slice(at, at + length);
    const piece = new Uint8Array(length);
    const first = data.length - at;
    piece.set(data.subarray(at));
    piece.set(data.subarray(0, length - first), first);
    return piece;
  }

  #join(last: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
    const pieces = this.#pieces;
    this.#pieces = [];
    pieces.push(last);
    const frame = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
    let at = 0;
    for (const piece of pieces) {
      frame.set(piece, at);
      at += piece.length;
    }
    return frame;
  }
}

function padded(length: number): number {
  return (length + 3) & ~3;
}
