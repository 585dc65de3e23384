/**
 * How abstract processes of lunatic's Rust library put their messages, host ABI 12.4: the tag tells the handler and
 * carries a fresh number for the answer; the body is the arguments one after the other, then whom to answer.
 */

import { panic } from "../panic";
import { BincodeReader } from "../codec/bincodeReader";
import { BincodeWriter } from "../codec/bincodeWriter";
import * as input from "../codec/input";
import * as output from "../codec/output";
import * as distributed from "../host/distributed";
import { process_id } from "../host/process";
import { Process } from "../process/process";
import { sendTo } from "../process/send";
import { freshTag } from "../process/tag";
import { Unit } from "../process/unit";

/** The handler's number is in the top byte of a tag. */
const HANDLER_SHIFT: u64 = 56;
const ANSWER_MASK: i64 = 0x00ff_ffff_ffff_ffff;

/** The number that asks a process to shut down. */
export const SHUTDOWN: u32 = 32;
/** The number of an answer that nobody waits for any more. */
export const ANSWER: u32 = 0;

/** The handler that a message is for. */
export function handlerOf(tag: i64): u32 {
  return <u32>(<u64>tag >> HANDLER_SHIFT);
}

/** The tag that the answer to a message has. */
export function answerTagOf(tag: i64): i64 {
  return tag & ANSWER_MASK;
}

/** Starts a message for a handler. Returns the tag that the answer will have. */
export function beginMessage(handler: u32): i64 {
  const answer = freshTag();
  output.begin(<i64>((<u64>handler << HANDLER_SHIFT) | <u64>answer));
  return answer;
}

/** Adds a value to the message that was started. */
export function put<T>(value: T): void {
  changetype<BincodeWriter>(<usize>0).put<T>(value);
}

/** Adds the address of this process: where the answer goes. */
export function putOwnAddress(): void {
  output.putNumber<u64>(distributed.node_id());
  output.putNumber<u64>(process_id());
}

/** Takes the next value from the message that is read. `checkRead` tells whether there was one. */
export function take<T>(): T {
  return changetype<BincodeReader>(<usize>0).get<T>();
}

/** Takes the address of the process that waits for an answer. */
export function takeAddress(): Address {
  const node = input.takeNumber<u64>();
  return new Process<Unit>(node, input.takeNumber<u64>());
}

/** Panics if what was taken was not there. */
export function checkRead(what: string): void {
  const failure = input.failure();
  if (failure.length != 0) panic(`the message for ${what} could not be read: ${failure}`);
}

/** The process that waits for an answer. */
export type Address = Process<Unit>;

/** Answers with a value. */
export function answer<T>(to: Address, tag: i64, value: T): void {
  output.begin(tag);
  put<T>(value);
  output.flush();
  sendTo(to.nodeId, to.id);
}

/** Answers that it is done. */
export function confirm(to: Address, tag: i64): void {
  output.begin(tag);
  sendTo(to.nodeId, to.id);
}
