import { type GuestMemory, OutOfBoundsError } from "../../abi/guestMemory.ts";

const CANARY = 0xa5;

/** A process' region in the middle of an arena, with canaries on both sides. */
export class GuestRegion implements GuestMemory {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly #base: number;
  readonly #sizeBytes: number;
  #allocated = 8;

  constructor(sizeBytes = 0x4_0000, marginBytes = 0x1_0000) {
    this.bytes = new Uint8Array(marginBytes + sizeBytes + marginBytes).fill(CANARY);
    this.bytes.fill(0, marginBytes, marginBytes + sizeBytes);
    this.view = new DataView(this.bytes.buffer);
    this.#base = marginBytes;
    this.#sizeBytes = sizeBytes;
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  address(ptr: number, len: number): number {
    const at = ptr >>> 0;
    const size = len >>> 0;
    if (size > 0 && at + size > this.#sizeBytes) throw new OutOfBoundsError(at, size, this.#sizeBytes);
    return this.#base + at;
  }

  /** Whether nothing outside the region was written. */
  get isIntact(): boolean {
    const end = this.#base + this.#sizeBytes;
    return (
      this.bytes.subarray(0, this.#base).every((byte) => byte === CANARY) &&
      this.bytes.subarray(end).every((byte) => byte === CANARY)
    );
  }

  /** Guest addresses of fresh bytes, aligned to 8. Nothing is given back. */
  allocate(sizeBytes: number): number {
    const ptr = this.#allocated;
    this.#allocated += Math.ceil(sizeBytes / 8) * 8;
    if (this.#allocated > this.#sizeBytes) throw new Error("the test's guest region is too small");
    return ptr;
  }

  /** Guest bytes, copied. */
  read(ptr: number, len: number): Uint8Array {
    const at = this.address(ptr, len);
    return this.bytes.slice(at, at + len);
  }

  write(ptr: number, bytes: Uint8Array): void {
    this.bytes.set(bytes, this.address(ptr, bytes.length));
  }

  u32(ptr: number): number {
    return this.view.getUint32(this.address(ptr, 4), true);
  }

  u64(ptr: number): bigint {
    return this.view.getBigUint64(this.address(ptr, 8), true);
  }

  setU32(ptr: number, value: number): void {
    this.view.setUint32(this.address(ptr, 4), value, true);
  }

  setU64(ptr: number, value: bigint): void {
    this.view.setBigUint64(this.address(ptr, 8), value, true);
  }
}
