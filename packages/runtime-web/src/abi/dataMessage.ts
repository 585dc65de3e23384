import { GuestTrap } from "../kernel/guestTrap.ts";
import type { DataMessage, Message } from "../kernel/message.ts";
import type { Process } from "../kernel/process.ts";

/** Largest buffer of one message. Messages live outside guest memory, where one guest could starve all others. */
export const MAX_MESSAGE_BYTES = 1 << 30;

/** Up to this many bytes a loop beats subarray and set, which cost about 100 ns together (Node 20). */
const SHORT_COPY_BYTES = 64;

/** The data message in a process' scratch area. @throws GuestTrap it is empty or holds another kind of message */
export function dataInScratch(process: Process): DataMessage {
  const message = process.scratch;
  if (message !== undefined && message.kind === "data") return message;
  throw new GuestTrap(
    message === undefined
      ? "there is no message: create or receive one first"
      : `the received message is a ${noticeName(message)} notice, which has no data`,
  );
}

/** The message in a process' scratch area, of any kind. @throws GuestTrap it is empty */
export function messageInScratch(process: Process): Message {
  if (process.scratch !== undefined) return process.scratch;
  throw new GuestTrap("there is no message: create or receive one first");
}

/**
 * Gives a message a buffer with room for `count` more bytes behind its data. To be called when it has no such room.
 * @throws GuestTrap the message would exceed MAX_MESSAGE_BYTES, or the engine has no memory for it
 */
export function growBuffer(message: DataMessage, count: number): void {
  const needed = message.length + count;
  if (needed > MAX_MESSAGE_BYTES) {
    throw new GuestTrap(`a message of ${needed} bytes is larger than the ${MAX_MESSAGE_BYTES} bytes allowed`);
  }
  moveToBuffer(message, Math.min(Math.max(needed, message.length * 2), MAX_MESSAGE_BYTES));
}

/** Moves a message's data to a buffer of its own, of `size` bytes. @throws GuestTrap the engine has no memory for it */
export function moveToBuffer(message: DataMessage, size: number): void {
  const buffer = allocate(size);
  const { buffer: old, length } = message;
  if (length <= SHORT_COPY_BYTES) for (let i = 0; i < length; i++) buffer[i] = old[i]!;
  else buffer.set(old.subarray(0, length));
  message.buffer = buffer;
}

function allocate(size: number): Uint8Array {
  try {
    return new Uint8Array(size);
  } catch (error) {
    // RangeError is what every engine throws when an allocation fails.
    if (error instanceof RangeError) throw new GuestTrap(`there is no memory for a message of ${size} bytes`);
    throw error;
  }
}

function noticeName(message: Exclude<Message, DataMessage>): string {
  return message.kind === "linkDied" ? "link-died" : "process-died";
}
