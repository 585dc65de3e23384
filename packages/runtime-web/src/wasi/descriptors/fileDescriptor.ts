import type { GuestMemory } from "../../abi/guestMemory.ts";
import { type FileInode, type FileNeed, NO_ROOM_YET, NOT_HERE } from "../../storage/inode.ts";
import { type InodeTree, MAX_FILE_BYTES } from "../../storage/inodeTree.ts";
import { PAGE_BYTES } from "../../storage/volume/volume.ts";
import { FDFLAG, FILETYPE, WHENCE } from "../constants.ts";
import { ERRNO, type Errno, errnoOf } from "../errno.ts";
import { bufferAddress, bufferLength, IOVEC_BYTES, MAX_TRANSFER_BYTES } from "../iovecs.ts";
import { FILE_RIGHTS } from "../rights.ts";
import { Descriptor, MUST_FETCH, type Outcome, READY, type Readiness, type Status } from "./descriptor.ts";
import { statusOf } from "./status.ts";

/** A read that finds a page missing is begun again, if it had not got further than this. */
const MAX_REPEATED_BYTES = 2 ** 20;
/** Pages that are fetched at once: at a random place, and at most. */
const FIRST_AHEAD_PAGES = 4;
const MAX_AHEAD_PAGES = 256;

/** A regular file with a position. Reads and writes go from the page to the guest in one copy. */
export class FileDescriptor extends Descriptor {
  override readonly filetype = FILETYPE.regularFile;
  override readonly applicableRights = FILE_RIGHTS;
  readonly #tree: InodeTree;
  readonly #file: FileInode;
  readonly #opening: number;
  #position = 0;
  #need: FileNeed = { type: "sync" };
  #fetchedTo = -2;
  #ahead = FIRST_AHEAD_PAGES;

  /** @param opening what `InodeTree.open` gave; closed with this */
  constructor(tree: InodeTree, file: FileInode, opening: number) {
    super();
    this.#tree = tree;
    this.#file = file;
    this.#opening = opening;
  }

  override status(): Status {
    return this.#tree.exclusively(() => statusOf(this.#file));
  }

  override read(memory: GuestMemory, iovecs: number, count: number): Outcome {
    const outcome = this.readAt(memory, iovecs, count, this.#position);
    if (outcome > 0) this.#position += outcome;
    return outcome;
  }

  override write(memory: GuestMemory, iovecs: number, count: number): Outcome {
    if ((this.flags & FDFLAG.append) === 0) return this.#writeFrom(memory, iovecs, count, this.#position);
    // The end of the file and what is written there are one step, or two that append would write over each other.
    return this.#tree.exclusively(() => this.#writeFrom(memory, iovecs, count, this.#file.sizeBytes));
  }

  override readAt(memory: GuestMemory, iovecs: number, count: number, position: number): Outcome {
    let done = 0;
    for (let i = 0; i < count && done < MAX_TRANSFER_BYTES; i++) {
      const iovec = iovecs + i * IOVEC_BYTES;
      const start = bufferAddress(memory, iovec);
      const asked = Math.min(bufferLength(memory, iovec), MAX_TRANSFER_BYTES - done);
      const read = this.#tree.read(this.#file, position + done, memory.bytes, start, start + asked);
      if (read > 0) done += read;
      if (read === asked) continue;
      return this.#isCutShort(read, position + done, done) ? MUST_FETCH : done;
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
      if (written < 0) {
        if (done > 0) return done;
        this.#need = written === NO_ROOM_YET ? { type: "room" } : this.#fetch(position, 1);
        return MUST_FETCH;
      }
      done += written;
      if (written < asked) break;
    }
    return done;
  }

  override get need(): FileNeed {
    return this.#need;
  }

  override seek(offset: bigint, whence: number): Outcome {
    const from = whence === WHENCE.set ? 0 : whence === WHENCE.current ? this.#position : this.#size();
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

  override resize(sizeBytes: bigint): Outcome {
    if (sizeBytes > MAX_FILE_BYTES) return -ERRNO.fbig;
    const outcome = this.#tree.resize(this.#file, Number(sizeBytes));
    if (outcome !== NOT_HERE) return -errnoOf(outcome);
    this.#need = this.#fetch(Number(sizeBytes), 1);
    return MUST_FETCH;
  }

  override setTimes(accessedNs: bigint | "now" | undefined, modifiedNs: bigint | "now" | undefined): Errno {
    this.#tree.setTimes(this.#file, accessedNs, modifiedNs);
    return ERRNO.success;
  }

  override readable(): Readiness {
    return { isReady: true, bytes: Math.max(0, this.#size() - this.#position), isHungUp: false };
  }

  override writable(): Readiness {
    return READY;
  }

  override get canSync(): boolean {
    return true;
  }

  override close(): void {
    this.#tree.close(this.#file, this.#opening);
  }

  #size(): number {
    return this.#tree.exclusively(() => this.#file.sizeBytes);
  }

  #writeFrom(memory: GuestMemory, iovecs: number, count: number, position: number): Outcome {
    const outcome = this.writeAt(memory, iovecs, count, position);
    if (outcome > 0) this.#position = position + outcome;
    return outcome;
  }

  /**
   * Whether a read ended before the end of the file because the next page is not here. It is then done again from its
   * beginning, so that a program gets all it asked for; only a long one gives what it has.
   */
  #isCutShort(read: number, end: number, done: number): boolean {
    if (read !== NOT_HERE && end >= this.#size()) return false;
    if (done > MAX_REPEATED_BYTES) return false;
    this.#need = this.#fetch(end, this.#readAhead(end));
    return true;
  }

  /** Pages to fetch at once: more each time while a program reads on where it stopped. */
  #readAhead(position: number): number {
    const page = Math.floor(position / PAGE_BYTES);
    const isSequential = page >= this.#fetchedTo - 1 && page <= this.#fetchedTo + 1;
    this.#ahead = isSequential ? Math.min(2 * this.#ahead, MAX_AHEAD_PAGES) : FIRST_AHEAD_PAGES;
    this.#fetchedTo = page + this.#ahead;
    return this.#ahead;
  }

  #fetch(position: number, pages: number): FileNeed {
    const firstPage = Math.floor(position / PAGE_BYTES);
    const { place, number } = this.#file;
    return { type: "pages", place, inode: number, firstPage, pages };
  }
}
