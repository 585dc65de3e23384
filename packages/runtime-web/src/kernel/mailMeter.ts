import type { Message } from "./message.ts";

/** What a waiting message takes besides its data: its objects, its slot in a mailbox (Chromium 156: 200 to 300 bytes). */
const MESSAGE_BYTES = 256;

/**
 * How much memory the waiting messages of an environment take on one executor, and what else is held for its guests
 * outside of their memories: configs, texts of failures, modules, timers, names. A mailbox has no bound and a send never
 * waits (host ABI ch. 6), nor is there one for resources, so a process that sends for ever to one that never receives
 * would take all memory there is, and the tab with it: instead its environment ends when this is full.
 */
export class MailMeter {
  readonly limitBytes: number;
  readonly #onFull: () => void;
  #bytes = 0;
  #heldBytes = 0;
  #isFull = false;

  /** @param onFull called once, inside the call that adds what is too much, which is kept all the same */
  constructor(limitBytes = Number.POSITIVE_INFINITY, onFull: () => void = () => {}) {
    this.limitBytes = limitBytes;
    this.#onFull = onFull;
  }

  /** Of messages. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Of everything else. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  add(message: Message): void {
    this.#bytes += bytesOf(message);
    if (this.#bytes + this.#heldBytes > this.limitBytes) this.#full();
  }

  /** Something else is held from now on, or has grown by so much. */
  hold(bytes: number): void {
    this.#heldBytes += bytes;
    if (this.#bytes + this.#heldBytes > this.limitBytes) this.#full();
  }

  letGo(bytes: number): void {
    this.#heldBytes -= bytes;
  }

  remove(message: Message): void {
    this.#bytes -= bytesOf(message);
  }

  #full(): void {
    if (this.#isFull) return;
    this.#isFull = true;
    this.#onFull();
  }
}

function bytesOf(message: Message): number {
  return message.kind === "data" ? MESSAGE_BYTES + message.buffer.length : MESSAGE_BYTES;
}
