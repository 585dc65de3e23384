import { encodeMessage } from "../codec/codec";
import { nothing } from "../codec/nothing";
import { Result } from "../result";
import { Mailbox } from "./mailbox";
import { Process } from "./process";
import { receiveMessage } from "./receive";
import { sendTo } from "./send";
import { SPAWNED, spawnByIndex, spawnError, spawnedId, spawnedNode } from "./spawnByIndex";
import { SpawnOptions } from "./spawnOptions";
import { Tag } from "./tag";
import { isUnit } from "./unit";

/**
 * Spawns a process that runs a function. The function gets the argument, which is sent to the process as messages
 * are, and the mailbox of the process. When it returns, the process ends.
 *
 * ```ts
 * function greeter(greeting: string, mailbox: Mailbox<string>): void {
 *   while (true) print(`${greeting}, ${mailbox.receive()}`);
 * }
 *
 * const process = spawn(greeter, "hello");
 * process.send("world");
 * ```
 *
 * `spawnMailbox` is for a function that needs no argument, `spawnFunction` for one that takes no messages.
 *
 * A function does not see variables of the function around it: what the process needs goes into the argument, as a
 * `@message` if it is more than one thing. The process panics if it may not spawn processes.
 */
export function spawn<A, M, S>(
  entry: (argument: A, mailbox: Mailbox<M, S>) => void,
  argument: A,
  options: SpawnOptions | null = null,
): Process<M, S> {
  const outcome = trySpawn<A, M, S>(entry, argument, options);
  const error = outcome.error;
  if (error !== null) throw new Error(`cannot spawn a process: ${error.text}`);
  return outcome.value;
}

/**
 * Spawns a process and links it with this one: if one fails, so does the other. A process that catches link failures
 * receives the tag instead.
 */
export function spawnLink<A, M, S>(
  entry: (argument: A, mailbox: Mailbox<M, S>) => void,
  argument: A,
  tag: Tag = Tag.fresh(),
  options: SpawnOptions = new SpawnOptions(),
): Process<M, S> {
  return spawn<A, M, S>(entry, argument, options.linked(tag));
}

/** Spawns a process, or tells why that cannot be done. */
export function trySpawn<A, M, S>(
  entry: (argument: A, mailbox: Mailbox<M, S>) => void,
  argument: A,
  options: SpawnOptions | null = null,
): Result<Process<M, S>> {
  const start = (index: u32): void => {
    run<A, M, S>(index);
  };
  if (spawnByIndex(start.index, entry.index, options, null) != SPAWNED) {
    return Result.err<Process<M, S>>(spawnError());
  }
  const process = new Process<M, S>(spawnedNode(), spawnedId());
  if (!isUnit<A>()) sendArgument<A, S>(process.nodeId, process.id, argument);
  return Result.ok<Process<M, S>>(process);
}

/** Sends a new process its argument: its first message, which it takes before its function runs. */
export function sendArgument<A, S>(node: u64, process: u64, argument: A): void {
  encodeMessage<A, S>(0, argument);
  sendTo(node, process);
}

/** What a spawned process does: takes its argument and calls the function at an index of the table. */
function run<A, M, S>(index: u32): void {
  const argument = isUnit<A>() ? nothing<A>() : receiveMessage<A, S>(0);
  call_indirect<void>(index, argument, Mailbox.of<M, S>());
}
