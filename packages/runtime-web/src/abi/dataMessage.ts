import { GuestTrap } from "../kernel/guestTrap.ts";
import { NO_PID } from "../kernel/ids.ts";
import type { DataMessage, Message } from "../kernel/message.ts";
import type { Process } from "../kernel/process.ts";

/** Room a new message has: most fit, and V8 keeps a typed array of at most 64 bytes inside its object. */
const INITIAL_CAPACITY = 64;
/** How far a guest's capacity hint is followed: absurd hints end the native host's task (host ABI ch. 17, 13). */
const MAX_HINTED_CAPACITY = 1 << 20;
/** Largest buffer of one message. Messages live outside guest memory, where one guest could starve all others. */
export const MAX_MESSAGE_BYTES = 1 << 30;

/** @param capacity u64 of the guest: how many bytes it expects to write */
export function createDataMessage(tag: bigint, capacity: bigint): DataMessage {
  let room = INITIAL_CAPACITY;
  if (capacity > BigInt(INITIAL_CAPACITY)) room = Math.min(Number(capacity), MAX_HINTED_CAPACITY);
  return {
    kind: "data",
    tag,
    buffer: new Uint8Array(room),
    length: 0,
    readPosition: 0,
    resources: [],
    from: NO_PID,
  };
}

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

/** Takes the message out of the scratch area, to be sent. @throws GuestTrap it is empty */
export function takeFromScratch(process: Process): Message {
  const message = messageInScratch(process);
  process.scratch = undefined;
  return message;
}

/**
 * Makes room for `count` more bytes behind a message's data.
 * @throws GuestTrap the message would exceed MAX_MESSAGE_BYTES, or the engine has no memory for it
 */
export function reserve(message: DataMessage, count: number): void {
  const needed = message.length + count;
  if (needed <= message.buffer.length) return;
  if (needed > MAX_MESSAGE_BYTES) {
    throw new GuestTrap(`a message of ${needed} bytes is larger than the ${MAX_MESSAGE_BYTES} bytes allowed`);
  }
  const grown = allocate(Math.min(Math.max(needed, message.buffer.length * 2), MAX_MESSAGE_BYTES));
  grown.set(message.buffer.subarray(0, message.length));
  message.buffer = grown;
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
