import type { GuestMemory } from "../abi/guestMemory.ts";
import { IOVEC } from "./structs.ts";

/** Bytes per iovec. */
export const IOVEC_BYTES = IOVEC.sizeBytes;

/**
 * Most bytes one call transfers; it then reports fewer than asked for, which callers must expect anyway. Keeps a
 * list that names the same buffer again and again from holding the executor for longer than a copy of 64 MiB.
 */
export const MAX_TRANSFER_BYTES = 64 * 2 ** 20;

/** Most iovecs of one call, `inval` beyond: 64 times what Linux takes, and checked within a millisecond. */
export const MAX_IOVECS = 65_536;

/**
 * Checks a list of iovecs and every buffer in it, before anything is transferred.
 * @param count at most MAX_IOVECS
 * @returns the address of the list in the arena
 * @throws OutOfBoundsError the list or a buffer is not wholly in the process' memory
 */
export function checkIovecs(memory: GuestMemory, ptr: number, count: number): number {
  const iovecs = memory.address(ptr, count * IOVEC_BYTES);
  for (let i = 0; i < count; i++) bufferAddress(memory, iovecs + i * IOVEC_BYTES);
  return iovecs;
}

/** Address in the arena of an iovec's buffer, checked anew: a read may have overwritten the list itself. */
export function bufferAddress(memory: GuestMemory, iovec: number): number {
  return memory.address(memory.view.getUint32(iovec + IOVEC.at.buf, true), bufferLength(memory, iovec));
}

export function bufferLength(memory: GuestMemory, iovec: number): number {
  return memory.view.getUint32(iovec + IOVEC.at.bufLen, true);
}

/** Bytes of all buffers together, at most `MAX_TRANSFER_BYTES`. */
export function transferBytes(memory: GuestMemory, iovecs: number, count: number): number {
  let total = 0;
  for (let i = 0; i < count && total < MAX_TRANSFER_BYTES; i++)
    total += bufferLength(memory, iovecs + i * IOVEC_BYTES);
  return Math.min(total, MAX_TRANSFER_BYTES);
}
