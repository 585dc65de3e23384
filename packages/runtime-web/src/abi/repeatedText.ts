import { type GuestMemory, readString } from "./guestMemory.ts";

/** A longer text is decoded each time. */
const MOST_BYTES = 64;

/**
 * Reads a string that is mostly the same as the last one: lunatic-rs names one function at every spawn. Comparing bytes
 * costs less than decoding them, and the same string object keeps the hash under which it is looked up.
 */
export class RepeatedText {
  readonly #bytes = new Uint8Array(MOST_BYTES);
  #text = "";

  /** @throws OutOfBoundsError, InvalidTextError */
  read(memory: GuestMemory, ptr: number, len: number): string {
    const size = len >>> 0;
    if (size === 0 || size > MOST_BYTES) return readString(memory, ptr, len);
    const at = memory.address(ptr, size);
    if (this.#isAt(memory.bytes, at, size)) return this.#text;
    const text = readString(memory, ptr, len);
    // Equal lengths mean ASCII: then the bytes that are compared are all there is.
    if (text.length !== size) return text;
    this.#text = text;
    for (let i = 0; i < size; i++) this.#bytes[i] = memory.bytes[at + i]!;
    return text;
  }

  #isAt(bytes: Uint8Array, at: number, size: number): boolean {
    if (size !== this.#text.length) return false;
    for (let i = 0; i < size; i++) if (bytes[at + i] !== this.#bytes[i]) return false;
    return true;
  }
}
