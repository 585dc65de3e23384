import type { GuestMemory } from "../../abi/guestMemory.ts";
import type { FileInode } from "../../storage/inode.ts";
import { type InodeTree, MAX_FILE_BYTES } from "../../storage/inodeTree.ts";
import { FDFLAG, FILETYPE, WHENCE } from "../constants.ts";
import { ERRNO, type Errno, errnoOf } from "../errno.ts";
import { bufferAddress, bufferLength, IOVEC_BYTES, MAX_TRANSFER_BYTES } from "../iovecs.ts";
import { FILE_RIGHTS } from "../rights.ts";
import { Descriptor, type Outcome, READY, type Readiness, type Status } from "./descriptor.ts";
import { statusOf } from "./status.ts";

/** A regular file with a position. Reads and writes go from the page to the guest in one copy. */
export class FileDescriptor extends Descriptor {
  override readonly filetype = FILETYPE.regularFile;
  override readonly applicableRights = FILE_RIGHTS;
  readonly #tree: InodeTree;
  readonly #file: FileInode;
  #position = 0;

  /** Keeps the file alive until `close`. */
  constructor(tree: InodeTree, file: FileInode) {
    super();
    this.#tree = tree;
    this.#file = file;
    tree.open(file);
  }

  override status(): Status {
    return statusOf(this.#file);
  }

  override read(memory: GuestMemory, iovecs: number, count: number): Outcome {
    const outcome = this.readAt(memory, iovecs, count, this.#position);
    this.#position += outcome;
    return outcome;
  }

  override write(memory: GuestMemory, iovecs: number, count: number): Outcome {
    const position = (this.flags & FDFLAG.append) === 0 ? this.#position : this.#file.sizeBytes;
    const outcome = this.writeAt(memory, iovecs, count, position);
    if (outcome > 0) this.#position = position + outcome;
    return outcome;
  }

  override readAt(memory: GuestMemory, iovecs: number, count: number, position: number): number {
    let done = 0;
    for (let i = 0; i < count && done < MAX_TRANSFER_BYTES; i++) {
      const iovec = iovecs + i * IOVEC_BYTES;
      const start = bufferAddress(memory, iovec);
      const asked = Math.min(bufferLength(memory, iovec), MAX_TRANSFER_BYTES - done);
      const read = this.#tree.read(this.#file, position + done, memory.bytes, start, start + asked);
      done += read;
      if (read < asked) break;
    }
    return done;
  }

  /** Writes at `position` also when the descriptor appends, as POSIX says of pwrite (Linux would append). */
  override writeAt(memory: GuestMemory, iovecs: number, count: number, position: number): Outcome {
    let done = 0;
    for (let i = 0; i < count && done < MAX_TRANSFER_BYTES; i++) {
      const iovec = iovecs + i * IOVEC_BYTES;
      const start = bufferAddress(memory, iovec);
      const asked = Math.min(bufferLength(memory, iovec), MAX_TRANSFER_BYTES - done);
      const written = this.#tree.write(this.#file, position + done, memory.bytes, start, start + asked);
      if (typeof written === "string") return done > 0 ? done : -errnoOf(written);
      done += written;
      if (written < asked) break;
    }
    return done;
  }

  override seek(offset: bigint, whence: number): Outcome {
    const from =
      whence === WHENCE.set ? 0 : whence === WHENCE.current ? this.#position : this.#file.sizeBytes;
    const position = BigInt(from) + offset;
    if (position < 0n || position > MAX_FILE_BYTES) return -ERRNO.inval;
    this.#position = Number(position);
    return this.#position;
  }

  override tell(): Outcome {
    return this.#position;
  }

  override advise(): Errno {
    return ERRNO.success;
  }

  override allocate(offset: bigint, len: bigint): Errno {
    if (len === 0n) return ERRNO.inval;
    const end = offset + len;
    if (end > MAX_FILE_BYTES) return ERRNO.fbig;
    return errnoOf(this.#tree.reserve(this.#file, Number(offset), Number(end)));
  }

  override resize(sizeBytes: bigint): Errno {
    if (sizeBytes > MAX_FILE_BYTES) return ERRNO.fbig;
    return errnoOf(this.#tree.resize(this.#file, Number(sizeBytes)));
  }

  override setTimes(accessedNs: bigint | "now" | undefined, modifiedNs: bigint | "now" | undefined): Errno {
    this.#tree.setTimes(this.#file, accessedNs, modifiedNs);
    return ERRNO.success;
  }

  override readable(): Readiness {
    return { isReady: true, bytes: Math.max(0, this.#file.sizeBytes - this.#position), isHungUp: false };
  }

  override writable(): Readiness {
    return READY;
  }

  override close(): void {
    this.#tree.close(this.#file);
  }
}
