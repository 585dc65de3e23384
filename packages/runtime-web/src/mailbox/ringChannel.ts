import type { Channel } from "./channel.ts";
import type { Doorbells } from "./doorbells.ts";
import { NO_ROOM, RingReader, RingWriter } from "./ring.ts";

export interface RingChannelOptions {
  /** Ring in which this end writes, and the one in which it reads. */
  readonly outgoing: SharedArrayBuffer;
  readonly incoming: SharedArrayBuffer;
  readonly doorbells: Doorbells;
  /** Index of the executor at the other end. */
  readonly peer: number;
  /** A frame is only valid until `onFrame` returns. */
  readonly lendsFrames?: boolean;
}

/**
 * A channel over two rings in shared memory. What does not fit into the ring waits here in order, and goes out with
 * later posts and polls; a reader that makes room rings this side's bell for that.
 */
export class RingChannel implements Channel {
  onFrame: (frame: Uint8Array<ArrayBuffer>) => void = () => {};
  readonly #writer: RingWriter;
  readonly #reader: RingReader;
  readonly #doorbells: Doorbells;
  readonly #peer: number;
  /** Frames that wait, from `#waitingHead` on; of the first one `#written` bytes are out. */
  #waiting: Uint8Array[] = [];
  #waitingHead = 0;
  #written = 0;
  #isClosed = false;

  constructor(options: RingChannelOptions) {
    this.#writer = new RingWriter(options.outgoing);
    this.#reader = new RingReader(options.incoming, options.lendsFrames);
    this.#doorbells = options.doorbells;
    this.#peer = options.peer;
  }

  get hasBacklog(): boolean {
    return this.#waiting.length > 0;
  }

  post(frame: Uint8Array): void {
    if (this.#isClosed) return;
    if (this.#waiting.length === 0 && this.#send(frame)) {
      this.#doorbells.ring(this.#peer);
      return;
    }
    this.#waiting.push(frame.slice());
    this.#flush();
  }

  poll(): boolean {
    if (this.#isClosed) return false;
    if (this.#waiting.length > 0) this.#flush();
    const end = this.#reader.mark();
    let hasHandedOver = false;
    for (let frame = this.#reader.read(end); frame !== undefined; frame = this.#reader.read(end)) {
      hasHandedOver = true;
      this.onFrame(frame);
    }
    if (this.#reader.takeFull()) this.#doorbells.ring(this.#peer);
    return hasHandedOver;
  }

  close(): void {
    this.#isClosed = true;
    this.#waiting = [];
    this.#waitingHead = 0;
  }

  /** Goes on with the frame whose first `#written` bytes are out. @returns false if not all of it fitted */
  #send(frame: Uint8Array): boolean {
    for (;;) {
      const end = this.#writer.write(frame, this.#written);
      if (end === NO_ROOM) return false;
      this.#written = end;
      if (end !== frame.length) continue;
      this.#written = 0;
      return true;
    }
  }

  #flush(): void {
    for (let frame = this.#waiting[this.#waitingHead]; frame; frame = this.#waiting[++this.#waitingHead]) {
      if (this.#send(frame)) continue;
      this.#writer.announceFull();
      // The reader may have made room before it could see the announcement.
      if (!this.#send(frame)) break;
    }
    if (this.#waitingHead * 2 >= this.#waiting.length) {
      this.#waiting.splice(0, this.#waitingHead);
      this.#waitingHead = 0;
    }
    this.#doorbells.ring(this.#peer);
  }
}
