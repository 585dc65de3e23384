import * as distributed from "../host/distributed";
import * as message from "../host/message";

/** Sends the message in scratch. Handles of the only node there is have the node 0. */
export function sendTo(node: u64, process: u64): void {
  if (isHere(node)) message.send(process);
  else distributed.send(node, process);
}

/** Sends the message in scratch and waits for one with a tag; what the host answers. */
export function sendAndWait(node: u64, process: u64, tag: i64, timeout: u64): u32 {
  return isHere(node)
    ? message.send_receive_skip_search(process, tag, timeout)
    : distributed.send_receive_skip_search(node, process, tag, timeout);
}

function isHere(node: u64): bool {
  return node == 0 || node == distributed.node_id();
}
