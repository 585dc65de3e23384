import { Bincode } from "../codec/bincode";
import { encodeMessage } from "../codec/codec";
import * as distributed from "../host/distributed";
import * as message from "../host/message";
import * as host from "../host/process";
import { send_after } from "../host/timer";
import { foundNode, foundProcess, lookUpName, registerName } from "../registry/registry";
import { processName, typeName } from "../registry/typeName";
import { TimerRef } from "../time/timer";
import { FOREVER, outcomeOf } from "./receive";
import { Received } from "./received";
import { sendAndWait, sendTo } from "./send";
import { Tag, freshTag } from "./tag";

/**
 * The handle of a process: whoever has it can write to the process. Handles can be sent in messages. `M` is the type
 * of the messages that the process understands, `S` the codec they are written with.
 *
 * ```ts
 * const worker = spawn(work, 10);
 * worker.send(new Job(7));
 * ```
 */
export class Process<M, S = Bincode> {
  /**
   * A handle from its numbers. `spawn` and `ProcessName` give handles; this is for numbers that came another way.
   * @param node of which node; 0 where there is only one
   * @param number the process' id there
   */
  constructor(
    private node: u64,
    private number: u64,
  ) {}

  /** The handle of the process that this code runs in. */
  static self<M, S = Bincode>(): Process<M, S> {
    return new Process<M, S>(distributed.node_id(), host.process_id());
  }

  /** The process that has a name and takes messages of this type; null: nobody has it. */
  static lookup<M, S = Bincode>(name: string): Process<M, S> | null {
    return lookUpName(processName<M, S>(name)) ? new Process<M, S>(foundNode(), foundProcess()) : null;
  }

  /** The number of the process. */
  get id(): u64 {
    return this.number;
  }

  /** The node that the process lives on; 0 where there is only one. */
  get nodeId(): u64 {
    return this.node;
  }

  /** Sends a message. Never waits; if the process has ended, the message is dropped. */
  send(value: M): void {
    encodeMessage<M, S>(0, value);
    sendTo(this.node, this.number);
  }

  /** Sends a message with a tag. */
  sendTagged(tag: Tag, value: M): void {
    encodeMessage<M, S>(tag.id, value);
    sendTo(this.node, this.number);
  }

  /** Sends a message after so many milliseconds, also if this process has ended by then. */
  sendAfter(milliseconds: u64, value: M): TimerRef {
    encodeMessage<M, S>(0, value);
    return new TimerRef(send_after(this.number, milliseconds));
  }

  /** Sends a message with a tag after so many milliseconds. */
  sendTaggedAfter(milliseconds: u64, tag: Tag, value: M): TimerRef {
    encodeMessage<M, S>(tag.id, value);
    return new TimerRef(send_after(this.number, milliseconds));
  }

  /**
   * Sends a message with a fresh tag and waits for the answer: a message with the same tag. The receiver finds the tag
   * in what it received.
   */
  request<A>(value: M, milliseconds: u64 = FOREVER): Received<A> {
    const tag = freshTag();
    encodeMessage<M, S>(tag, value);
    return outcomeOf<A, S>(sendAndWait(this.node, this.number, tag, milliseconds));
  }

  /** Whether the process is alive. */
  get isAlive(): bool {
    return host.exists(this.number) != 0;
  }

  /**
   * Links this process with that one: if one fails, so does the other, unless it catches link failures. It then
   * receives the tag.
   */
  link(tag: Tag | null = null): void {
    // Tags have an == of their own, which says nothing to the compiler about null.
    host.link(changetype<usize>(tag) == 0 ? 0 : changetype<Tag>(tag).id, this.number);
  }

  /** Removes the link, on both sides. */
  unlink(): void {
    host.unlink(this.number);
  }

  /** Asks that this process be told when that one ends. Receive it with `mailbox.monitorable()`. */
  monitor(): void {
    host.monitor(this.number);
  }

  /** Takes `monitor` back. */
  stopMonitoring(): void {
    host.stop_monitoring(this.number);
  }

  /** Ends the process as failed. */
  kill(): void {
    host.kill(this.number);
  }

  /** Gives the process a name, by which others find it with `lookup`. It keeps the name after its end. */
  register(name: string): void {
    registerName(processName<M, S>(name), this.node, this.number);
  }

  /** Whether both are handles of the same process. Two handles are two objects, so `==` would not tell. */
  equals(other: Process<M, S>): bool {
    return this.number == other.number && this.node == other.node;
  }

  /** For people: `process 7`. */
  toString(): string {
    return this.node == 0 ? `process ${this.number}` : `process ${this.number} on node ${this.node}`;
  }

  /** Writes the handle into a message. */
  __encode<W>(writer: W): void {
    writer.beginStruct(2);
    if (isDefined(writer.field)) writer.field("node_id");
    writer.put<u64>(this.node);
    if (isDefined(writer.field)) writer.field("id");
    writer.put<u64>(this.number);
    writer.endStruct();
  }

  /** Reads the handle from a message. */
  __decode<R>(reader: R): void {
    reader.beginStruct(2);
    if (isDefined(reader.field)) {
      while (reader.nextField()) {
        if (reader.field("node_id")) this.node = reader.get<u64>();
        else if (reader.field("id")) this.number = reader.get<u64>();
        else reader.skip();
      }
    } else {
      this.node = reader.get<u64>();
      this.number = reader.get<u64>();
    }
    reader.endStruct();
  }

  /** The name of the type in Rust. */
  __typeName(): string {
    return idof<S>() == idof<Bincode>()
      ? `lunatic::function::process::Process<${typeName<M>()}>`
      : `lunatic::function::process::Process<${typeName<M>()}, ${typeName<S>()}>`;
  }
}
