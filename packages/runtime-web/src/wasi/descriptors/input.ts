import type { GuestMemory } from "../../abi/guestMemory.ts";
import { FDFLAG } from "../constants.ts";
import { ERRNO } from "../errno.ts";
import { bufferAddress, bufferLength, IOVEC_BYTES, transferBytes } from "../iovecs.ts";
import { RIGHT } from "../rights.ts";
import { MUST_WAIT, type Outcome, type Readiness } from "./descriptor.ts";
import type { Stdio } from "./stdio.ts";
import { StreamDescriptor } from "./stream.ts";

/** Most bytes taken from the input at once, a pipe's usual capacity. */
const MAX_READ_BYTES = 65_536;

const INPUT_RIGHTS = RIGHT.fdRead | RIGHT.fdFdstatSetFlags | RIGHT.fdFilestatGet | RIGHT.pollFdReadwrite;

/** Standard input. */
export class InputDescriptor extends StreamDescriptor {
  override readonly applicableRights = INPUT_RIGHTS;
  readonly #stdio: Stdio;

  constructor(stdio: Stdio) {
    super();
    this.#stdio = stdio;
    this.baseRights = INPUT_RIGHTS;
  }

  override read(memory: GuestMemory, iovecs: number, count: number): Outcome {
    const wanted = Math.min(transferBytes(memory, iovecs, count), MAX_READ_BYTES);
    if (wanted === 0) return 0;
    const bytes = this.#stdio.read(wanted);
    if (bytes === "end") return 0;
    if (bytes === "pending") return (this.flags & FDFLAG.nonblock) === 0 ? MUST_WAIT : -ERRNO.again;
    let done = 0;
    for (let i = 0; i < count && done < bytes.length; i++) {
      const iovec = iovecs + i * IOVEC_BYTES;
      const start = bufferAddress(memory, iovec);
      const step = Math.min(bufferLength(memory, iovec), bytes.length - done);
      memory.bytes.set(bytes.subarray(done, done + step), start);
      done += step;
    }
    return done;
  }

  override readable(): Readiness {
    const available = this.#stdio.available();
    if (available === "end") return { isReady: true, bytes: 0, isHungUp: true };
    return { isReady: available > 0, bytes: available, isHungUp: false };
  }
}
