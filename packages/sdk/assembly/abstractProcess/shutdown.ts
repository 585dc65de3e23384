import * as output from "../codec/output";
import * as distributed from "../host/distributed";
import { receive } from "../host/message";
import { exists } from "../host/process";
import { FOREVER, TIMED_OUT } from "../process/receive";
import { sendTo } from "../process/send";
import { SHUTDOWN, beginMessage, putOwnAddress } from "./wire";

/** How long to wait before looking whether the process is still there: one that ends normally tells nobody. */
const LOOK_AGAIN: u64 = 100;
const TAGS: usize = memory.data(16, 8);

/**
 * Asks a process to end and waits until it has, in whatever way.
 * @param linkTag of a link with it, if link failures are caught: its death is then taken for its end; 0: none
 * @returns false: it has not ended in that time
 */
export function shutDown(node: u64, id: u64, linkTag: i64, milliseconds: u64): bool {
  const answer = beginMessage(SHUTDOWN);
  putOwnAddress();
  output.flush();
  sendTo(node, id);
  return awaitEnd(node, id, answer, linkTag, milliseconds);
}

/** Waits for the end of a process: for a message that answers a shutdown, for the death of its link, or both. */
export function awaitEnd(node: u64, id: u64, answer: i64, linkTag: i64, milliseconds: u64): bool {
  store<i64>(TAGS, answer);
  store<i64>(TAGS, linkTag, 8);
  const count: u32 = linkTag == 0 ? 1 : 2;
  const isHere = node == distributed.node_id();
  let left = milliseconds;
  while (receive(TAGS, count, min(left, LOOK_AGAIN)) == TIMED_OUT) {
    if (isHere && exists(id) == 0) {
      // It ended between two looks: what it may have said is here by now.
      receive(TAGS, count, 0);
      return true;
    }
    if (left != FOREVER) left -= min(left, LOOK_AGAIN);
    if (left == 0) return false;
  }
  return true;
}
