import type { GuestMemory } from "../../abi/guestMemory.ts";
import type { Parked } from "../../kernel/parked.ts";
import type { Finish, WasiBinding } from "../binding.ts";
import type { WasiContext } from "../context.ts";
import { MUST_WAIT, type Outcome } from "../descriptors/descriptor.ts";
import { ERRNO, errnoOf } from "../errno.ts";
import { checkIovecs, MAX_IOVECS } from "../iovecs.ts";
import { RIGHT } from "../rights.ts";
import type { WasiFunctions } from "./signature.ts";

/** A transfer that can be tried again: an errno, or MUST_WAIT or MUST_FETCH with nothing done. */
type Attempt = () => number;

/** Reading and writing. For a file whose pages are here none of these allocates more than one function. */
export function transferFunctions(
  binding: WasiBinding,
): Pick<WasiFunctions, "fd_read" | "fd_write" | "fd_pread" | "fd_pwrite"> {
  const run = (fd: number, attempt: Attempt, awaitStream: (finish: Finish) => Parked): number | Parked => {
    const outcome = attempt();
    if (outcome >= 0) return outcome;
    const { descriptors } = binding.context();
    const finish = (): number | Parked => {
      const later = attempt();
      return later >= 0 ? later : park(later);
    };
    const park = (waitsFor: number): Parked =>
      waitsFor === MUST_WAIT
        ? awaitStream(finish)
        : binding.awaitFile(descriptors.get(fd)!.need, (fault) =>
            fault === undefined ? finish() : errnoOf(fault),
          );
    return park(outcome);
  };
  const awaitInput = (finish: Finish): Parked => binding.awaitInput(finish);
  const awaitRoom = (finish: Finish): Parked => binding.awaitRoom(finish);

  return {
    fd_read(fd, iovs, iovsLen, nread) {
      const context = binding.context();
      const memory = binding.memory();
      return run(fd, () => read(context, memory, fd, iovs, iovsLen, nread), awaitInput);
    },
    fd_write(fd, iovs, iovsLen, nwritten) {
      const context = binding.context();
      const memory = binding.memory();
      return run(fd, () => write(context, memory, fd, iovs, iovsLen, nwritten), awaitRoom);
    },
    fd_pread(fd, iovs, iovsLen, offset, nread) {
      const context = binding.context();
      const memory = binding.memory();
      const attempt = () => {
        const descriptor = context.descriptors.get(fd);
        if (descriptor === undefined) return ERRNO.badf;
        if (descriptor.lacksRight(RIGHT.fdRead | RIGHT.fdSeek)) return ERRNO.notcapable;
        if (iovsLen >>> 0 > MAX_IOVECS || isNegative(offset)) return ERRNO.inval;
        const result = memory.address(nread, 4);
        const iovecs = checkIovecs(memory, iovs, iovsLen);
        return report(memory, result, descriptor.readAt(memory, iovecs, iovsLen, Number(offset)));
      };
      return run(fd, attempt, awaitInput);
    },
    fd_pwrite(fd, iovs, iovsLen, offset, nwritten) {
      const context = binding.context();
      const memory = binding.memory();
      const attempt = () => {
        const descriptor = context.descriptors.get(fd);
        if (descriptor === undefined) return ERRNO.badf;
        if (descriptor.lacksRight(RIGHT.fdWrite | RIGHT.fdSeek)) return ERRNO.notcapable;
        if (iovsLen >>> 0 > MAX_IOVECS || isNegative(offset)) return ERRNO.inval;
        const result = memory.address(nwritten, 4);
        const iovecs = checkIovecs(memory, iovs, iovsLen);
        return report(memory, result, descriptor.writeAt(memory, iovecs, iovsLen, Number(offset)));
      };
      return run(fd, attempt, awaitRoom);
    },
  };
}

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
  return report(memory, result, descriptor.read(memory, checkIovecs(memory, iovs, iovsLen), iovsLen));
}

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
  return report(memory, result, descriptor.write(memory, checkIovecs(memory, iovs, iovsLen), iovsLen));
}

/** Stores the number of bytes and gives the errno of an outcome; passes on that it has to wait. */
function report(memory: GuestMemory, address: number, outcome: Outcome): number {
  if (outcome < 0) return outcome <= MUST_WAIT ? outcome : -outcome;
  memory.view.setUint32(address, outcome, true);
  return ERRNO.success;
}

/** wasm hands an offset over as signed; as natively, one with the top bit set is no offset. */
function isNegative(offset: bigint): boolean {
  return offset < 0n;
}
