import { NO_PID } from "../kernel/ids.ts";
import type { DataMessage, Message } from "../kernel/message.ts";
import type { Process } from "../kernel/process.ts";
import { SPARE_MESSAGE_BYTES } from "../kernel/spareMessages.ts";
import { growBuffer, messageInScratch, moveToBuffer } from "./dataMessage.ts";

const STAGE_BYTES = 16_384;

/**
 * Where new messages are written until they are sent. lunatic-rs writes a message value by value without telling
 * its size; growing a buffer on the way costs V8 1 to 3 µs per step. A small message is written into a spare one and
 * nothing is copied or allocated for it; a larger one is written here, and copied once when it is sent.
 *
 * Invariant: at most one message, `#staged`, has the stage as its buffer.
 */
export class MessageStage {
  readonly #buffer = new Uint8Array(STAGE_BYTES);
  #staged: DataMessage | undefined;

  /** Puts a new, empty data message into a process' scratch area. @param tag 0n = none */
  create(process: Process, tag: bigint): void {
    const dropped = process.scratch;
    if (dropped !== undefined && dropped === this.#staged) this.#staged = undefined;
    const { spareMessages } = process.environment;
    process.scratch = spareMessages.take(tag) ?? this.#createStaged(tag);
    spareMessages.give(dropped);
  }

  /**
   * Makes room for `count` more bytes, of which a message has too little.
   * @throws GuestTrap as growBuffer
   */
  makeRoom(message: DataMessage, count: number): void {
    const { length } = message;
    if (message.buffer.length > SPARE_MESSAGE_BYTES || length + count > STAGE_BYTES) {
      growBuffer(message, count);
      return;
    }
    const small = message.buffer;
    this.#stage(message);
    for (let i = 0; i < length; i++) message.buffer[i] = small[i]!;
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

  #createStaged(tag: bigint): DataMessage {
    const message: DataMessage = {
      kind: "data",
      tag,
      buffer: this.#buffer,
      length: 0,
      readPosition: 0,
      resources: [],
      from: NO_PID,
      isUntold: false,
    };
    this.#stage(message);
    return message;
  }

  #stage(message: DataMessage): void {
    if (this.#staged !== undefined) this.#settle(this.#staged);
    this.#staged = message;
    message.buffer = this.#buffer;
  }

  #settle(message: DataMessage): void {
    this.#staged = undefined;
    // A message that outgrew the stage has its own buffer already.
    if (message.buffer === this.#buffer) moveToBuffer(message, Math.max(message.length, SPARE_MESSAGE_BYTES));
  }
}
