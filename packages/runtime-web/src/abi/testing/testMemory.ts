import { type GuestMemory, OutOfBoundsError } from "../guestMemory.ts";

const CANARY = 0xc5;

/** One process' region in the middle of an arena; what lies around it must never change. */
export class TestMemory implements GuestMemory {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly #base: number;
  readonly #size: number;

  constructor(size = 65_536, base = 4096) {
    this.#base = base;
    this.#size = size;
    this.bytes = new Uint8Array(base + size + 4096).fill(CANARY);
    this.bytes.fill(0, base, base + size);
    this.view = new DataView(this.bytes.buffer);
  }

  /** Size of the process' memory. */
  get size(): number {
    return this.#size;
  }

  address(ptr: number, len: number): number {
    const from = ptr >>> 0;
    const count = len >>> 0;
    if (count !== 0 && from + count > this.#size) throw new OutOfBoundsError(ptr, len, this.#size);
    return this.#base + from;
  }

  /** Whether nothing outside the region was written. */
  get isIntact(): boolean {
    const outside = [this.bytes.subarray(0, this.#base), this.bytes.subarray(this.#base + this.#size)];
    return outside.every((part) => part.every((byte) => byte === CANARY));
  }
}
