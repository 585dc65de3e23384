import { Bincode } from "../codec/bincode";
import * as distributed from "../host/distributed";
import * as host from "../host/process";
import { Process } from "./process";
import { FOREVER, receiveAny, receiveMessage, receiveTag, receiveTags } from "./receive";
import { Received } from "./received";
import { Tag } from "./tag";

/**
 * Where a process finds its messages. Every process has one mailbox; it is given to the function that the process
 * runs. `M` is the type of its messages, `S` the codec they are written with.
 *
 * ```ts
 * function worker(start: i32, mailbox: Mailbox<Job>): void {
 *   while (true) {
 *     const job = mailbox.receive();
 *     job.replyTo.send(start + job.size);
 *   }
 * }
 * ```
 *
 * Messages of one sender arrive in the order in which they were sent. If a linked process fails, this one dies too,
 * unless it catches link failures.
 */
export class Mailbox<M, S = Bincode> {
  /**
   * The mailbox of this process, as one for messages of the type `M`. A process' function gets its mailbox; this is for
   * code that knows better. A message of another type panics the process, or is reported as unreadable.
   */
  static of<M, S = Bincode>(): Mailbox<M, S> {
    return changetype<Mailbox<M, S>>(<usize>0);
  }

  /** The handle of this process, for others to write to. */
  get self(): Process<M, S> {
    return new Process<M, S>(distributed.node_id(), host.process_id());
  }

  /** Waits for the next message. The process panics if what comes is not a message of the type. */
  receive(): M {
    return receiveMessage<M, S>(0);
  }

  /** Waits for the next message with this tag. Others stay where they are. */
  receiveTagged(tag: Tag): M {
    return receiveMessage<M, S>(tag.id);
  }

  /** Waits at most so many milliseconds. */
  receiveTimeout(milliseconds: u64): Received<M> {
    return receiveAny<M, S>(milliseconds);
  }

  /** Waits at most so many milliseconds for a message with this tag. */
  receiveTaggedTimeout(tag: Tag, milliseconds: u64): Received<M> {
    return receiveTag<M, S>(tag.id, milliseconds);
  }

  /** Waits for a message with one of the tags, or of any if there are none; nothing that comes panics the process. */
  tryReceive(tags: Tag[] = [], milliseconds: u64 = FOREVER): Received<M> {
    return receiveTags<M, S>(tags, milliseconds);
  }

  /**
   * From now on the failure of a linked process does not kill this one: it is received, with the tag of the link.
   */
  catchLinkFailure(): SignalMailbox<M, S> {
    return SignalMailbox.of<M, S>().catchLinkFailure();
  }

  /** The same mailbox, ready to receive the ends of monitored processes. */
  monitorable(): SignalMailbox<M, S> {
    return SignalMailbox.of<M, S>();
  }
}

/** A mailbox that receives signals beside messages: what `catchLinkFailure` and `monitorable` give. */
export class SignalMailbox<M, S = Bincode> {
  /** The mailbox of this process as one that receives signals. */
  static of<M, S = Bincode>(): SignalMailbox<M, S> {
    return changetype<SignalMailbox<M, S>>(<usize>0);
  }

  /** The handle of this process, for others to write to. */
  get self(): Process<M, S> {
    return new Process<M, S>(distributed.node_id(), host.process_id());
  }

  /** Waits for the next message or signal. */
  receive(): Received<M> {
    return receiveAny<M, S>(FOREVER);
  }

  /** Waits for a message with this tag, or for the failure of the process that was linked with it. */
  receiveTagged(tag: Tag): Received<M> {
    return receiveTag<M, S>(tag.id, FOREVER);
  }

  /** Waits at most so many milliseconds. */
  receiveTimeout(milliseconds: u64): Received<M> {
    return receiveAny<M, S>(milliseconds);
  }

  /** Waits at most so many milliseconds for a message, or a failed link, with this tag. */
  receiveTaggedTimeout(tag: Tag, milliseconds: u64): Received<M> {
    return receiveTag<M, S>(tag.id, milliseconds);
  }

  /** Waits for a message, or a failed link, with one of the tags; for anything if there are none. */
  tryReceive(tags: Tag[] = [], milliseconds: u64 = FOREVER): Received<M> {
    return receiveTags<M, S>(tags, milliseconds);
  }

  /** From now on the failure of a linked process is received and does not kill this one. */
  catchLinkFailure(): SignalMailbox<M, S> {
    host.die_when_link_dies(0);
    return this;
  }

  /** From now on this process dies again with those that are linked with it. */
  dieWithLinks(): Mailbox<M, S> {
    host.die_when_link_dies(1);
    return Mailbox.of<M, S>();
  }

  /** Asks to be told when a process ends, for whatever reason. */
  monitor<N, T>(process: Process<N, T>): void {
    host.monitor(process.id);
  }

  /** Does not want to be told any more. */
  stopMonitoring<N, T>(process: Process<N, T>): void {
    host.stop_monitoring(process.id);
  }
}
