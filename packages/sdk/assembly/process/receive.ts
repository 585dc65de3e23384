import { decodeFailure, decodeMessage } from "../codec/codec";
import { nothing } from "../codec/nothing";
import { get_process_id, get_tag, receive } from "../host/message";
import { Outcome, Received } from "./received";
import { Tag } from "./tag";

/** No timeout: waits for as long as it takes. */
export const FOREVER: u64 = u64.MAX_VALUE;

const DATA: u32 = 0;
const LINK_DIED: u32 = 1;
const PROCESS_DIED: u32 = 2;
/** What the host answers when the time was up. */
export const TIMED_OUT: u32 = 9027;

const ONE_TAG: usize = memory.data(8, 8);

/** Waits for a message of any tag and reads it. */
export function receiveAny<M, S>(timeout: u64): Received<M> {
  return outcomeOf<M, S>(receive(0, 0, timeout));
}

/** Waits for a message with a tag and reads it. */
export function receiveTag<M, S>(tag: i64, timeout: u64): Received<M> {
  store<i64>(ONE_TAG, tag);
  return outcomeOf<M, S>(receive(ONE_TAG, 1, timeout));
}

/** Waits for a message with one of the tags, or of any if there are none, and reads it. */
export function receiveTags<M, S>(tags: Tag[], timeout: u64): Received<M> {
  const count = tags.length;
  const numbers = new StaticArray<i64>(count);
  for (let i = 0; i < count; i++) numbers[i] = tags[i].id;
  return outcomeOf<M, S>(receive(changetype<usize>(numbers), <u32>count, timeout));
}

/** What a receiving host call has brought: reads the message in scratch. */
export function outcomeOf<M, S>(code: u32): Received<M> {
  if (code == DATA) {
    const tag = get_tag();
    const value = decodeMessage<M, S>();
    const failure = decodeFailure();
    return failure.length == 0
      ? new Received<M>(Outcome.Message, value, tag, "")
      : new Received<M>(Outcome.Unreadable, nothing<M>(), tag, failure);
  }
  if (code == LINK_DIED) return new Received<M>(Outcome.LinkDied, nothing<M>(), get_tag(), "");
  if (code == PROCESS_DIED) {
    return new Received<M>(Outcome.ProcessDied, nothing<M>(), <i64>get_process_id(), "");
  }
  assert(code == TIMED_OUT, "the host knows a kind of message that this library does not");
  return new Received<M>(Outcome.TimedOut, nothing<M>(), 0, "");
}

/** Waits for a message with a tag, or of any for 0, and insists on it: signals and unreadable bytes are a panic. */
export function receiveMessage<M, S>(tag: i64): M {
  let code: u32;
  if (tag == 0) {
    code = receive(0, 0, FOREVER);
  } else {
    store<i64>(ONE_TAG, tag);
    code = receive(ONE_TAG, 1, FOREVER);
  }
  assert(code == DATA, "a signal came where only messages are expected: use catchLinkFailure() or monitorable()");
  const value = decodeMessage<M, S>();
  const failure = decodeFailure();
  if (failure.length != 0) throw new Error(`the message could not be read: ${failure}`);
  return value;
}
