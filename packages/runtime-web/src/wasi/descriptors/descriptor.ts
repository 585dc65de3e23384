import type { GuestMemory } from "../../abi/guestMemory.ts";
import type { FileNeed } from "../../storage/inode.ts";
import { ERRNO, type Errno } from "../errno.ts";

/**
 * The outcome of a call that transfers bytes or gives a position: the number, or an errno negated. Not a union of
 * objects, because reads and writes of files allocate nothing.
 */
export type Outcome = number;

/** Outcome of a read that has to wait for input, or a write that has to wait for room. Below every negated errno. */
export const MUST_WAIT = -0x1_0000;

/** Outcome of a call on a file that has to wait for its volume; `Descriptor.need` says for what. */
export const MUST_FETCH = -0x1_0001;

/** What `poll_oneoff` learns of a descriptor. */
export interface Readiness {
  readonly isReady: boolean;
  /** Bytes that can be read without waiting, as far as known. */
  readonly bytes: number;
  /** The other end is gone: a read gives what is left, then 0. */
  readonly isHungUp: boolean;
}

export const READY: Readiness = { isReady: true, bytes: 0, isHungUp: false };

/** What `fd_filestat_get` tells of a descriptor. */
export interface Status {
  readonly inode: number;
  readonly linkCount: number;
  readonly sizeBytes: number;
  readonly accessedNs: bigint;
  readonly modifiedNs: bigint;
  readonly changedNs: bigint;
}

/**
 * An open descriptor of one process. Each kind of device is a class in a file of its own and overrides what it can
 * do; what it leaves alone answers `badf`, as natively. Callers have checked rights (`lacksRight`) and, for
 * buffers, that every iovec lies in the process' memory.
 */
export abstract class Descriptor {
  abstract readonly filetype: number;
  /** Rights that mean something for this kind. Others cannot be missing: the operation says itself why it fails. */
  abstract readonly applicableRights: number;
  baseRights = 0;
  inheritingRights = 0;
  /** FDFLAG bits. */
  flags = 0;

  /** Whether an operation that needs `right` is refused although this kind of descriptor could do it. */
  lacksRight(right: number): boolean {
    return (right & this.applicableRights & ~this.baseRights) !== 0;
  }

  abstract status(): Status;

  /**
   * Reads to the buffers of `count` iovecs.
   * @param iovecs address of the first iovec in the arena
   * @returns bytes read, a negated errno, MUST_WAIT, or MUST_FETCH
   */
  read(_memory: GuestMemory, _iovecs: number, _count: number): Outcome {
    return -ERRNO.badf;
  }

  /** Writes from the buffers of `count` iovecs. @returns bytes written, fewer than asked for when there is a reason, or MUST_WAIT */
  write(_memory: GuestMemory, _iovecs: number, _count: number): Outcome {
    return -ERRNO.badf;
  }

  readAt(_memory: GuestMemory, _iovecs: number, _count: number, _position: number): Outcome {
    return -ERRNO.badf;
  }

  writeAt(_memory: GuestMemory, _iovecs: number, _count: number, _position: number): Outcome {
    return -ERRNO.badf;
  }

  /** @param whence WHENCE value, checked. @returns the new position */
  seek(_offset: bigint, _whence: number): Outcome {
    return -ERRNO.badf;
  }

  tell(): Outcome {
    return -ERRNO.badf;
  }

  advise(): Errno {
    return ERRNO.badf;
  }

  allocate(_offset: bigint, _len: bigint): Errno {
    return ERRNO.badf;
  }

  /** @returns 0, a negated errno, or MUST_FETCH */
  resize(_sizeBytes: bigint): Outcome {
    return -ERRNO.badf;
  }

  /** What the call waits for that gave MUST_FETCH. */
  get need(): FileNeed {
    throw new Error("This kind of descriptor is on no volume");
  }

  setTimes(_accessedNs: bigint | "now" | undefined, _modifiedNs: bigint | "now" | undefined): Errno {
    return ERRNO.badf;
  }

  /** Whether what was written to it can be made to last. */
  get canSync(): boolean {
    return false;
  }

  /** @returns what there is to read, or undefined if one does not poll this kind */
  readable(): Readiness | undefined {
    return undefined;
  }

  writable(): Readiness | undefined {
    return undefined;
  }

  /** Called once when the last number of the descriptor is closed. */
  close(): void {}
}
