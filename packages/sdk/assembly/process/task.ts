import { Bincode } from "../codec/bincode";
import { encodeMessage } from "../codec/codec";
import * as distributed from "../host/distributed";
import * as host from "../host/process";
import { Process } from "./process";
import { FOREVER, receiveMessage, receiveTag } from "./receive";
import { Received } from "./received";
import { sendTo } from "./send";
import { SPAWNED, spawnByIndex, spawnError, spawnedId, spawnedNode } from "./spawnByIndex";
import { SpawnOptions } from "./spawnOptions";
import { Tag } from "./tag";
import { Unit } from "./unit";

/**
 * A function that runs in a process of its own, and whose result can be waited for.
 *
 * ```ts
 * function factorial(n: u64): u64 { return n < 2 ? 1 : n * factorial(n - 1); }
 *
 * const task = spawnTask(factorial, 20);
 * print(task.result());
 * ```
 */
export class Task<T, S = Bincode> {
  /**
   * @param process the process that computes
   * @param tag     marks the message with the result, and the link
   */
  constructor(
    readonly process: Process<Unit, S>,
    readonly tag: Tag,
  ) {}

  /** Waits for the result. A task that fails takes this process with it, unless that catches link failures. */
  result(): T {
    return receiveMessage<T, S>(this.tag.id);
  }

  /**
   * Waits for the result, but not for ever, and not for a task that has failed: this is how a process that catches
   * link failures waits for its tasks.
   */
  tryResult(milliseconds: u64 = FOREVER): Received<T> {
    return receiveTag<T, S>(this.tag.id, milliseconds);
  }
}

/** What a task is sent: whom to answer, with which tag, and the argument. The same as lunatic's Rust library sends. */
export class TaskArgument<A, S> {
  constructor(
    private parent: Process<Unit, S>,
    private tag: Tag,
    private argument: A,
  ) {}

  /** Runs the function at an index of the table and sends what it returns. */
  answer<R>(index: u32): void {
    encodeMessage<R, S>(this.tag.id, call_indirect<R>(index, this.argument));
    sendTo(this.parent.nodeId, this.parent.id);
  }

  /** Writes it into a message. */
  __encode<W>(writer: W): void {
    writer.put<Process<Unit, S>>(this.parent);
    writer.put<Tag>(this.tag);
    writer.put<A>(this.argument);
  }

  /** Reads it from a message. */
  __decode<R>(reader: R): void {
    this.parent = reader.get<Process<Unit, S>>();
    this.tag = reader.get<Tag>();
    this.argument = reader.get<A>();
  }
}

/** Runs a function in a process of its own, linked with this one; the task gives its result. */
export function spawnTask<A, R>(task: (argument: A) => R, argument: A, options: SpawnOptions = new SpawnOptions()): Task<R> {
  const tag = Tag.fresh();
  if (options.link == 0) options.linked(tag);
  const start = (index: u32): void => {
    run<A, R>(index);
  };
  if (spawnByIndex(start.index, task.index, options, null) != SPAWNED) {
    throw new Error(`cannot spawn a task: ${spawnError().text}`);
  }
  const self = new Process<Unit, Bincode>(distributed.node_id(), host.process_id());
  encodeMessage<TaskArgument<A, Bincode>, Bincode>(0, new TaskArgument<A, Bincode>(self, tag, argument));
  sendTo(spawnedNode(), spawnedId());
  return new Task<R>(new Process<Unit, Bincode>(spawnedNode(), spawnedId()), tag);
}

function run<A, R>(index: u32): void {
  receiveMessage<TaskArgument<A, Bincode>, Bincode>(0).answer<R>(index);
}
