import type { GuestMemory } from "../../abi/guestMemory.ts";
import type { WasiBinding } from "../binding.ts";
import type { WasiContext } from "../context.ts";
import { MUST_WAIT, type Outcome } from "../descriptors/descriptor.ts";
import { ERRNO } from "../errno.ts";
import { checkIovecs, MAX_IOVECS } from "../iovecs.ts";
import { RIGHT } from "../rights.ts";
import type { WasiFunctions } from "./signature.ts";

/** Reading and writing. For a file none of these allocates. */
export function transferFunctions(
  binding: WasiBinding,
): Pick<WasiFunctions, "fd_read" | "fd_write" | "fd_pread" | "fd_pwrite"> {
  return {
    fd_read(fd, iovs, iovsLen, nread) {
      const context = binding.context();
      const memory = binding.memory();
      const errno = read(context, memory, fd, iovs, iovsLen, nread);
      if (errno !== MUST_WAIT) return errno;
      const finish = () => {
        const later = read(context, memory, fd, iovs, iovsLen, nread);
        return later === MUST_WAIT ? binding.awaitInput(finish) : later;
      };
      return binding.awaitInput(finish);
    },
    fd_write(fd, iovs, iovsLen, nwritten) {
      const context = binding.context();
      const memory = binding.memory();
      const errno = write(context, memory, fd, iovs, iovsLen, nwritten);
      if (errno !== MUST_WAIT) return errno;
      const finish = () => {
        const later = write(context, memory, fd, iovs, iovsLen, nwritten);
        return later === MUST_WAIT ? binding.awaitRoom(finish) : later;
      };
      return binding.awaitRoom(finish);
    },
    fd_pread(fd, iovs, iovsLen, offset, nread) {
      const memory = binding.memory();
      const descriptor = binding.context().descriptors.get(fd);
      if (descriptor === undefined) return ERRNO.badf;
      if (descriptor.lacksRight(RIGHT.fdRead | RIGHT.fdSeek)) return ERRNO.notcapable;
      if (iovsLen >>> 0 > MAX_IOVECS || isNegative(offset)) return ERRNO.inval;
      const result = memory.address(nread, 4);
      const iovecs = checkIovecs(memory, iovs, iovsLen);
      return report(memory, result, descriptor.readAt(memory, iovecs, iovsLen, Number(offset)));
    },
    fd_pwrite(fd, iovs, iovsLen, offset, nwritten) {
      const memory = binding.memory();
      const descriptor = binding.context().descriptors.get(fd);
      if (descriptor === undefined) return ERRNO.badf;
      if (descriptor.lacksRight(RIGHT.fdWrite | RIGHT.fdSeek)) return ERRNO.notcapable;
      if (iovsLen >>> 0 > MAX_IOVECS || isNegative(offset)) return ERRNO.inval;
      const result = memory.address(nwritten, 4);
      const iovecs = checkIovecs(memory, iovs, iovsLen);
      return report(memory, result, descriptor.writeAt(memory, iovecs, iovsLen, Number(offset)));
    },
  };
}

/** @returns the errno, or MUST_WAIT with nothing done */
function read(
  context: WasiContext,
  memory: GuestMemory,
  fd: number,
  iovs: number,
  iovsLen: number,
  nread: number,
): number {
  const descriptor = context.descriptors.get(fd);
  if (descriptor === undefined) return ERRNO.badf;
  if (descriptor.lacksRight(RIGHT.fdRead)) return ERRNO.notcapable;
  if (iovsLen >>> 0 > MAX_IOVECS) return ERRNO.inval;
  const result = memory.address(nread, 4);
  const outcome = descriptor.read(memory, checkIovecs(memory, iovs, iovsLen), iovsLen);
  return outcome === MUST_WAIT ? MUST_WAIT : report(memory, result, outcome);
}

/** @returns the errno, or MUST_WAIT with nothing done */
function write(
  context: WasiContext,
  memory: GuestMemory,
  fd: number,
  iovs: number,
  iovsLen: number,
  nwritten: number,
): number {
  const descriptor = context.descriptors.get(fd);
  if (descriptor === undefined) return ERRNO.badf;
  if (descriptor.lacksRight(RIGHT.fdWrite)) return ERRNO.notcapable;
  if (iovsLen >>> 0 > MAX_IOVECS) return ERRNO.inval;
  const result = memory.address(nwritten, 4);
  const outcome = descriptor.write(memory, checkIovecs(memory, iovs, iovsLen), iovsLen);
  return outcome === MUST_WAIT ? MUST_WAIT : report(memory, result, outcome);
}

/** Stores the number of bytes and gives the errno of an outcome. */
function report(memory: GuestMemory, address: number, outcome: Outcome): number {
  if (outcome < 0) return -outcome;
  memory.view.setUint32(address, outcome, true);
  return ERRNO.success;
}

/** wasm hands an offset over as signed; as natively, one with the top bit set is no offset. */
function isNegative(offset: bigint): boolean {
  return offset < 0n;
}
