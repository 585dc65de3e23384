import { GuestTrap } from "../kernel/guestTrap.ts";
import { decodeText, encodeText } from "./text.ts";

/**
 * The memory of one process as host functions see it: a range of an arena that other processes share.
 * A pointer or length of the ABI is an unsigned 32-bit number that wasm hands over as a signed one, so every
 * function here takes it in either form.
 */
export interface GuestMemory {
  /** The whole arena. Replaced when the arena grows: never kept across a call that could run guest code. */
  readonly bytes: Uint8Array;
  /** The same bytes as `bytes`. */
  readonly view: DataView;
  /**
   * Absolute offset in the arena of `len` bytes at the guest's `ptr`.
   * A length of 0 is never validated (guests pass dangling pointers with it, host ABI ch. 1).
   * @throws OutOfBoundsError the range is not wholly inside the process' memory
   */
  address(ptr: number, len: number): number;
}

/** A guest passed a range that is not inside its memory: a trap (host ABI ch. 1). */
export class OutOfBoundsError extends GuestTrap {
  override readonly name = "OutOfBoundsError";
  readonly ptr: number;
  readonly len: number;
  readonly memoryBytes: number | undefined;

  /**
   * @param len a length of the ABI, or a product of such (a number beyond 32 bits)
   * @param memoryBytes current size of the process' memory; undefined if no memory could hold the range
   */
  constructor(ptr: number, len: number, memoryBytes: number | undefined) {
    const size = len < 0 ? len >>> 0 : len;
    super(
      `the range of ${size} bytes at address ${ptr >>> 0} is outside the guest's memory${memoryBytes === undefined ? "" : ` of ${memoryBytes} bytes`}`,
    );
    this.ptr = ptr >>> 0;
    this.len = size;
    this.memoryBytes = memoryBytes;
  }
}

/** A guest passed a string that is not valid UTF-8: a trap (host ABI ch. 1). */
export class InvalidTextError extends GuestTrap {
  override readonly name = "InvalidTextError";

  constructor(ptr: number, len: number) {
    super(`the string of ${len >>> 0} bytes at address ${ptr >>> 0} is not valid UTF-8`);
  }
}

const SHORT_COPY_BYTES = 64;

/** What a process of a module without an exported memory has: every access traps (host ABI ch. 1). */
export const NO_MEMORY: GuestMemory = {
  bytes: new Uint8Array(0),
  view: new DataView(new ArrayBuffer(0)),
  address(): number {
    throw new GuestTrap(
      "the module exports no memory named `memory`, so no host function can read or write it",
    );
  },
};

/**
 * Absolute offset of an array of `count` elements of `elementBytes` each.
 * @throws OutOfBoundsError also when the product does not fit 32 bits
 */
export function arrayAddress(memory: GuestMemory, ptr: number, count: number, elementBytes: number): number {
  const size = (count >>> 0) * elementBytes;
  if (size > 0xffff_ffff) throw new OutOfBoundsError(ptr, size, undefined);
  return memory.address(ptr, size);
}

/** @throws OutOfBoundsError, InvalidTextError */
export function readString(memory: GuestMemory, ptr: number, len: number): string {
  const size = len >>> 0;
  if (size === 0) return "";
  const at = memory.address(ptr, size);
  const text = decodeText(memory.bytes.subarray(at, at + size));
  if (text === undefined) throw new InvalidTextError(ptr, len);
  return text;
}

/** Writes the UTF-8 bytes of a string, without a terminator. @throws OutOfBoundsError */
export function writeString(memory: GuestMemory, ptr: number, text: string): void {
  copyOut(memory, ptr, encodeText(text));
}

/** @throws OutOfBoundsError */
export function readU32(memory: GuestMemory, ptr: number): number {
  return memory.view.getUint32(memory.address(ptr, 4), true);
}

/** @throws OutOfBoundsError */
export function writeU32(memory: GuestMemory, ptr: number, value: number): void {
  const at = memory.address(ptr, 4);
  memory.view.setUint32(at, value, true);
}

/** @throws OutOfBoundsError */
export function readU64(memory: GuestMemory, ptr: number): bigint {
  return memory.view.getBigUint64(memory.address(ptr, 8), true);
}

/** @throws OutOfBoundsError */
export function writeU64(memory: GuestMemory, ptr: number, value: bigint): void {
  const at = memory.address(ptr, 8);
  memory.view.setBigUint64(at, value, true);
}

/** A copy of guest bytes, independent of the arena. @throws OutOfBoundsError */
export function copyIn(memory: GuestMemory, ptr: number, len: number): Uint8Array<ArrayBuffer> {
  const size = len >>> 0;
  if (size === 0) return new Uint8Array(0);
  const at = memory.address(ptr, size);
  const copy = new Uint8Array(size);
  // What one call passes: a view on the arena costs more than the loop.
  if (size <= SHORT_COPY_BYTES) for (let i = 0; i < size; i++) copy[i] = memory.bytes[at + i]!;
  else copy.set(memory.bytes.subarray(at, at + size));
  return copy;
}

/** Copies bytes to the guest. @throws OutOfBoundsError before anything is written */
export function copyOut(memory: GuestMemory, ptr: number, bytes: Uint8Array): void {
  if (bytes.length === 0) return;
  memory.bytes.set(bytes, memory.address(ptr, bytes.length));
}
