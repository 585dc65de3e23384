import { NO_PID } from "../kernel/ids.ts";
import type { DataMessage, Message } from "../kernel/message.ts";
import type { Process } from "../kernel/process.ts";
import { messageInScratch, moveToBuffer } from "./dataMessage.ts";

const STAGE_BYTES = 16_384;

/**
 * Where new messages are written until they are sent. lunatic-rs writes a message value by value without telling
 * its size; growing a buffer on the way costs V8 1 to 3 µs per step, one copy of the right size when it is sent
 * costs that once, and nothing up to 64 bytes (which V8 keeps inside the array's object).
 *
 * Invariant: at most one message, `#staged`, has the stage as its buffer.
 */
export class MessageStage {
  readonly #buffer = new Uint8Array(STAGE_BYTES);
  #staged: DataMessage | undefined;

  /** Puts a new, empty data message into a process' scratch area. @param tag 0n = none */
  create(process: Process, tag: bigint): void {
    const staged = this.#staged;
    // What is still in this process' scratch area is about to be dropped.
    if (staged !== undefined && staged !== process.scratch) this.#settle(staged);
    const message: DataMessage = {
      kind: "data",
      tag,
      buffer: this.#buffer,
      length: 0,
      readPosition: 0,
      resources: [],
      from: NO_PID,
    };
    this.#staged = message;
    process.scratch = message;
  }

  /**
   * Takes the message out of a process' scratch area, to be sent: with a buffer of its own.
   * @throws GuestTrap the scratch area is empty
   */
  take(process: Process): Message {
    const message = messageInScratch(process);
    if (message === this.#staged) this.#settle(message);
    process.scratch = undefined;
    return message;
  }

  #settle(message: DataMessage): void {
    this.#staged = undefined;
    // A message that outgrew the stage has its own buffer already.
    if (message.buffer === this.#buffer) moveToBuffer(message, message.length);
  }
}
