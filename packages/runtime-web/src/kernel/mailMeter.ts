import type { Message } from "./message.ts";

/** What a waiting message takes besides its data: its objects, its slot in a mailbox (Chromium 156: 200 to 300 bytes). */
const MESSAGE_BYTES = 256;

/**
 * How much memory the waiting messages of an environment take on one executor. A mailbox has no bound and a send never
 * waits (host ABI ch. 6), so a process that sends for ever to one that never receives would take all memory there is,
 * and the tab with it: instead its environment ends when this is full.
 */
export class MailMeter {
  readonly limitBytes: number;
  readonly #onFull: () => void;
  #bytes = 0;
  #isFull = false;

  /** @param onFull called once, inside the call that adds the message too many, which is kept all the same */
  constructor(limitBytes = Number.POSITIVE_INFINITY, onFull: () => void = () => {}) {
    this.limitBytes = limitBytes;
    this.#onFull = onFull;
  }

  get bytes(): number {
    return this.#bytes;
  }

  add(message: Message): void {
    this.#bytes += bytesOf(message);
    if (this.#bytes <= this.limitBytes || this.#isFull) return;
    this.#isFull = true;
    this.#onFull();
  }

  remove(message: Message): void {
    this.#bytes -= bytesOf(message);
  }
}

function bytesOf(message: Message): number {
  return message.kind === "data" ? MESSAGE_BYTES + message.buffer.length : MESSAGE_BYTES;
}
