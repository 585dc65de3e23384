import { BLOCK_BYTES, HEADER, LAYOUT_VERSION, MAX_OWNERS, UNDO_AT, UNDO_ENTRIES } from "./layout.ts";
import { TreeLock } from "./treeLock.ts";

export type TreeBuffer = SharedArrayBuffer | ArrayBuffer;

/**
 * The words of a tree, and operations on them that happen as a whole or not at all.
 *
 * Between `begin` and `end` nobody else is in, and `set` notes what was there before. An operation that throws, and one
 * whose thread is ended in the middle, is undone from these notes. The bytes of files are not noted: half a write is
 * what a write is that was interrupted.
 */
export class TreeMemory {
  readonly buffer: TreeBuffer;
  readonly owner: number;
  words!: Int32Array;
  bytes!: Uint8Array;
  doubles!: Float64Array;
  longs!: BigUint64Array;
  readonly #lock: TreeLock;
  #depth = 0;

  /** @param from 0, different for each thread that shares the buffer */
  constructor(buffer: TreeBuffer, owner: number) {
    if (owner < 0 || owner >= MAX_OWNERS) throw new RangeError(`A tree has at most ${MAX_OWNERS} owners`);
    this.buffer = buffer;
    this.owner = owner;
    this.#createViews(buffer.byteLength);
    const { words } = this;
    if (words[HEADER.version] !== LAYOUT_VERSION)
      throw new Error(
        `A tree of layout ${words[HEADER.version]}, not ${LAYOUT_VERSION}: scripts of two versions are mixed; reload`,
      );
    this.#lock = new TreeLock(words, owner, isShared(buffer));
  }

  /** Waits until nobody else is in. Each `begin` within another counts. @returns what `undo` takes */
  begin(): number {
    if (this.#depth === 0) {
      const isTakenFromLost = this.#lock.acquire();
      if (this.words.length !== this.words[HEADER.words]) this.#createViews(this.words[HEADER.words]! * 4);
      if (isTakenFromLost) this.undo(0);
    }
    this.#depth++;
    return this.words[HEADER.undoCount]!;
  }

  /** How many `begin` have not ended. */
  get depth(): number {
    return this.#depth;
  }

  end(): void {
    if (--this.#depth > 0) return;
    this.words[HEADER.undoCount] = 0;
    this.#lock.release();
  }

  /** What was set so far is kept, whatever comes: between the steps of a long operation. */
  keep(): void {
    this.words[HEADER.undoCount] = 0;
  }

  /** Takes back what was set since `begin` gave this. */
  undo(mark: number): void {
    const { words } = this;
    for (let i = words[HEADER.undoCount]! - 1; i >= mark; i--) {
      words[words[UNDO_AT + 2 * i]!] = words[UNDO_AT + 2 * i + 1]!;
      words[HEADER.undoCount] = i;
    }
  }

  set(at: number, value: number): void {
    this.#note(at);
    this.words[at] = value;
  }

  add(at: number, step: number): void {
    this.#note(at);
    this.words[at]! += step;
  }

  double(at: number): number {
    return this.doubles[at >> 1]!;
  }

  setDouble(at: number, value: number): void {
    this.#note(at);
    this.#note(at + 1);
    this.doubles[at >> 1] = value;
  }

  long(at: number): bigint {
    return this.longs[at >> 1]!;
  }

  setLong(at: number, value: bigint): void {
    this.#note(at);
    this.#note(at + 1);
    this.longs[at >> 1] = value;
  }

  /** Makes the buffer at least so long. @returns false: it may not, or the browser has no more memory */
  grow(byteLength: number): boolean {
    const { buffer } = this;
    try {
      // One that was ended after it had grown the buffer could not say so.
      if (buffer.byteLength >= byteLength) byteLength = buffer.byteLength;
      else if (isShared(buffer)) buffer.grow(byteLength);
      else buffer.resize(byteLength);
    } catch (error) {
      if (error instanceof RangeError) return false;
      throw error;
    }
    this.words[HEADER.words] = byteLength / 4;
    this.#createViews(byteLength);
    return true;
  }

  #note(at: number): void {
    // Outside of any operation: a thread that has the tree for itself, and nothing to go back to.
    if (this.#depth === 0) return;
    const { words } = this;
    const count = words[HEADER.undoCount]!;
    if (count >= UNDO_ENTRIES) throw new Error("An operation on the tree set more words than can be undone");
    words[UNDO_AT + 2 * count] = at;
    words[UNDO_AT + 2 * count + 1] = words[at]!;
    words[HEADER.undoCount] = count + 1;
  }

  /** Of a fixed length: views that follow the length of their buffer are several times slower. */
  #createViews(byteLength: number): void {
    const length = byteLength - (byteLength % BLOCK_BYTES);
    this.words = new Int32Array(this.buffer, 0, length / 4);
    this.bytes = new Uint8Array(this.buffer, 0, length);
    this.doubles = new Float64Array(this.buffer, 0, length / 8);
    this.longs = new BigUint64Array(this.buffer, 0, length / 8);
  }
}

export function isShared(buffer: TreeBuffer): buffer is SharedArrayBuffer {
  return typeof SharedArrayBuffer !== "undefined" && buffer instanceof SharedArrayBuffer;
}
