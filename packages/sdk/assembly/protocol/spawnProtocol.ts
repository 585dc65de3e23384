import { panic } from "../panic";
import * as input from "../codec/input";
import * as output from "../codec/output";
import { put, putOwnAddress, take, takeAddress } from "../abstractProcess/wire";
import { receive } from "../host/message";
import { FOREVER } from "../process/receive";
import { sendTo } from "../process/send";
import { SPAWNED, spawnByIndex, spawnError, spawnedId, spawnedNode } from "../process/spawnByIndex";
import { SpawnOptions } from "../process/spawnOptions";
import { freshTag } from "../process/tag";
import { Channel } from "./channel";
import { Step, step } from "./steps";

/**
 * Spawns a process that has a session with this one. The type of the function's last parameter is the session as the
 * new process sees it; what this gives is the session as seen from here: where one sends, the other receives.
 *
 * ```ts
 * function add(start: i32, session: Recv<i32, Recv<i32, Send<i32, End>>>): void {
 *   const first = session.receive();
 *   const second = first.next.receive();
 *   second.next.send(start + first.value + second.value);
 * }
 *
 * const sum = spawnProtocol(add, 1).send(2).send(3).receive().value;   // 6
 * ```
 *
 * @param peer the compiler adds it: how the session looks from here
 */
export function spawnProtocol<A, P extends Step, D extends Step>(
  entry: (argument: A, session: P) => void,
  argument: A,
  peer: (channel: Channel) => D,
  options: SpawnOptions | null = null,
): D {
  const start = (index: u32): void => {
    run<A, P>(index);
  };
  if (spawnByIndex(start.index, entry.index, options, null) != SPAWNED) {
    panic(`cannot spawn a process: ${spawnError()}`);
  }
  const channel = new Channel(spawnedNode(), spawnedId(), freshTag());
  output.begin(0);
  putOwnAddress();
  put<i64>(channel.tag);
  put<A>(argument);
  output.flush();
  sendTo(channel.node, channel.id);
  return peer(channel);
}

/** What the new process does. */
function run<A, P extends Step>(index: u32): void {
  receive(0, 0, FOREVER);
  input.begin();
  const parent = takeAddress();
  const channel = new Channel(parent.nodeId, parent.id, take<i64>());
  const argument = take<A>();
  const failure = input.failure();
  if (failure.length != 0) panic(`the argument could not be read: ${failure}`);
  call_indirect<void>(index, argument, step<P>(channel));
  if (!channel.isOver) panic("the process has left its session before the end");
}
