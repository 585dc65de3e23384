import { NO_PID } from "./ids.ts";
import type { DataMessage, Message } from "./message.ts";

/** Size of a spare message's buffer. Up to 64 bytes V8 keeps inside the array's object; most messages are smaller. */
export const SPARE_MESSAGE_BYTES = 64;

/** More are not kept: 100 KB. */
const MOST_SPARES = 256;

/**
 * Small messages that a process has dropped from its scratch area, to be written anew by the next sender.
 *
 * A message of 8 bytes takes 500 bytes of heap (V8, without pointer compression), most of it for the array; the young
 * generation of the heap then fills up twice as fast, and each time it does V8 walks all suspended stacks, which
 * takes 10 to 20 ms where there are 10,000.
 */
export class SpareMessages {
  readonly #spares: DataMessage[] = [];

  /** An empty message with a buffer of SPARE_MESSAGE_BYTES. undefined: there is none. */
  take(tag: bigint): DataMessage | undefined {
    const message = this.#spares.pop();
    if (message === undefined) return undefined;
    message.tag = tag;
    message.length = 0;
    message.readPosition = 0;
    message.from = NO_PID;
    message.isUntold = false;
    return message;
  }

  /** Nobody refers to this message any more: it was dropped, not handed on. */
  give(message: Message | undefined): void {
    if (message === undefined || message.kind !== "data" || message.buffer.length !== SPARE_MESSAGE_BYTES)
      return;
    if (message.resources.length > 0 || this.#spares.length === MOST_SPARES) return;
    this.#spares.push(message);
  }
}
