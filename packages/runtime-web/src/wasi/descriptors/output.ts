import type { GuestMemory } from "../../abi/guestMemory.ts";
import { FDFLAG } from "../constants.ts";
import { ERRNO } from "../errno.ts";
import { bufferAddress, bufferLength, IOVEC_BYTES, transferBytes } from "../iovecs.ts";
import { RIGHT } from "../rights.ts";
import { MUST_WAIT, type Outcome, READY, type Readiness } from "./descriptor.ts";
import type { Stdio } from "./stdio.ts";
import { StreamDescriptor } from "./stream.ts";

/** Most bytes handed on at once. What a guest writes is copied, so this bounds what a call may allocate. */
const MAX_WRITE_BYTES = 2 ** 20;

const OUTPUT_RIGHTS = RIGHT.fdWrite | RIGHT.fdFdstatSetFlags | RIGHT.fdFilestatGet | RIGHT.pollFdReadwrite;

/** Standard output or standard error. One call of the guest is one call of `Stdio.write`. */
export class OutputDescriptor extends StreamDescriptor {
  override readonly applicableRights = OUTPUT_RIGHTS;
  readonly #stdio: Stdio;
  readonly #stream: 1 | 2;

  constructor(stdio: Stdio, stream: 1 | 2) {
    super();
    this.#stdio = stdio;
    this.#stream = stream;
    this.baseRights = OUTPUT_RIGHTS;
  }

  override write(memory: GuestMemory, iovecs: number, count: number): Outcome {
    const length = Math.min(transferBytes(memory, iovecs, count), MAX_WRITE_BYTES);
    if (length === 0) return 0;
    if (!this.#stdio.hasRoom()) return (this.flags & FDFLAG.nonblock) === 0 ? MUST_WAIT : -ERRNO.again;
    const bytes = new Uint8Array(length);
    let done = 0;
    for (let i = 0; i < count && done < bytes.length; i++) {
      const iovec = iovecs + i * IOVEC_BYTES;
      const start = bufferAddress(memory, iovec);
      const step = Math.min(bufferLength(memory, iovec), bytes.length - done);
      bytes.set(memory.bytes.subarray(start, start + step), done);
      done += step;
    }
    this.#stdio.write(this.#stream, bytes);
    return done;
  }

  /** As of a pipe that its reader empties: a poll for it would not have to wait long, and the write itself can wait. */
  override writable(): Readiness {
    return READY;
  }
}
