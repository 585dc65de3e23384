import { panic } from "../panic";
import * as input from "../codec/input";
import * as output from "../codec/output";
import * as distributed from "../host/distributed";
import * as host from "../host/process";
import { send_after } from "../host/timer";
import { Process } from "../process/process";
import { FOREVER, TIMED_OUT } from "../process/receive";
import { sendAndWait, sendTo } from "../process/send";
import { Tag } from "../process/tag";
import { Unit } from "../process/unit";
import { foundNode, foundProcess, lookUpName, registerName } from "../registry/registry";
import { Result } from "../result";
import { LunaticError } from "../error";
import { TimerRef } from "../time/timer";
import { shutDown } from "./shutdown";
import { checkRead, take } from "./wire";

/**
 * The handle of a process that a class with `@process` describes. The class `Counter` has handles of the class
 * `CounterRef`, with a method for each of its handlers beside these. Handles can be sent in messages.
 */
export abstract class ProcessRef {
  private node: u64 = 0;
  private number: u64 = 0;

  /** The number of the process. */
  get id(): u64 {
    return this.number;
  }

  /** The node that the process lives on; 0 where there is only one. */
  get nodeId(): u64 {
    return this.node;
  }

  /** Whether the process is alive. */
  get isAlive(): bool {
    return host.exists(this.number) != 0;
  }

  /**
   * Links this process with that one: if one fails, so does the other, unless it catches link failures. It is then
   * told the tag.
   */
  link(): void {
    this.linkWith(Tag.fresh());
  }

  /** Links this process with that one, under a tag. */
  linkWith(tag: Tag): void {
    host.link(tag.id, this.number);
  }

  /** Removes the link, on both sides. */
  unlink(): void {
    host.unlink(this.number);
  }

  /** Asks that this process be told when that one ends: a method with `@processDeath`, or a monitorable mailbox. */
  monitor(): void {
    host.monitor(this.number);
  }

  /** Takes `monitor` back. */
  stopMonitoring(): void {
    host.stop_monitoring(this.number);
  }

  /** Ends the process as failed, at once. */
  kill(): void {
    host.kill(this.number);
  }

  /**
   * Asks the process to end, and waits until it has: it handles what was sent before, then its `@terminate` method.
   */
  shutdown(): void {
    shutDown(this.node, this.number, 0, FOREVER);
  }

  /** For people: `process 7`. */
  toString(): string {
    return this.node == 0 ? `process ${this.number}` : `process ${this.number} on node ${this.node}`;
  }

  /** Whether both are handles of the same process. */
  equals(other: ProcessRef): bool {
    return this.number == other.number && this.node == other.node;
  }

  __set(node: u64, id: u64): void {
    this.node = node;
    this.number = id;
  }

  /** Sends the message that was started. */
  __send(): void {
    output.flush();
    sendTo(this.node, this.number);
  }

  /** Sends the message that was started and waits for its answer. False: the time was up. */
  __wait(tag: i64, milliseconds: u64): bool {
    output.flush();
    return sendAndWait(this.node, this.number, tag, milliseconds) != TIMED_OUT;
  }

  /** Whether it is known that nobody will answer. */
  get __hasEnded(): bool {
    return this.node == distributed.node_id() && host.exists(this.number) == 0;
  }

  /** Sends the request that was started, and waits until it is done. */
  __await(tag: i64): void {
    if (this.__hasEnded) panic(`${this} has ended: nobody will answer a request`);
    this.__wait(tag, FOREVER);
  }

  /** Sends the request that was started, and reads its answer. */
  __request<A>(tag: i64): A {
    this.__await(tag);
    return readAnswer<A>();
  }

  /** Writes the handle into a message. */
  __encode<W>(writer: W): void {
    writer.put<Process<Unit>>(new Process<Unit>(this.node, this.number));
  }

  /** Reads the handle from a message. */
  __decode<R>(reader: R): void {
    const process = reader.get<Process<Unit>>();
    this.node = process.nodeId;
    this.number = process.id;
  }
}

/** A handle whose next request gives up after a time: what `withTimeout` gives. */
export class RefWithTimeout {
  constructor(
    private readonly ref: ProcessRef,
    private readonly milliseconds: u64,
  ) {}

  /** Asks the process to end. False: it has not in that time. */
  shutdown(): bool {
    return shutDown(this.ref.nodeId, this.ref.id, 0, this.milliseconds);
  }

  /** Sends the request that was started. False: it was not done in time, or will never be. */
  __isDone(tag: i64): bool {
    return !this.ref.__hasEnded && this.ref.__wait(tag, this.milliseconds);
  }

  /** Sends the request that was started: its answer, or an error; its `timedOut` is true if the time was up. */
  __answer<A>(tag: i64): Result<A> {
    if (this.ref.__hasEnded) return Result.err<A>(new LunaticError(`${this.ref} has ended`));
    if (this.ref.__wait(tag, this.milliseconds)) return Result.ok<A>(readAnswer<A>());
    return Result.err<A>(new LunaticError(`${this.ref} did not answer within ${this.milliseconds} ms`, true));
  }
}

/** A handle whose next message is sent later: what `withDelay` gives. */
export class RefWithDelay {
  constructor(
    private readonly ref: ProcessRef,
    private readonly milliseconds: u64,
  ) {}

  /** Leaves the message that was started to a timer. */
  __sendLater(): TimerRef {
    output.flush();
    return new TimerRef(send_after(this.ref.id, this.milliseconds));
  }
}

/** A handle of a generated class, from its numbers. */
export function refTo<R>(node: u64, id: u64): R {
  const ref = instantiate<R>();
  ref.__set(node, id);
  return ref;
}

/** The handle of the process that this code runs in. */
export function refToSelf<R>(): R {
  return refTo<R>(distributed.node_id(), host.process_id());
}

/** The process that has a name in the registry; null: nobody has. */
export function lookupRef<R>(registeredName: string): R | null {
  return lookUpName(registeredName) ? refTo<R>(foundNode(), foundProcess()) : null;
}

/** Gives the process a name, as the registry has it. */
export function registerRef(registeredName: string, ref: ProcessRef): void {
  registerName(registeredName, ref.nodeId, ref.id);
}

function readAnswer<A>(): A {
  input.begin();
  const answer = take<A>();
  checkRead("the one who asked");
  return answer;
}
