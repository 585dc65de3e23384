import { panic } from "../panic";
import { Address, answer, confirm } from "./wire";

/**
 * A request that waits for its answer: what a `@deferred` handler gets as its last argument. It can be kept, passed
 * on, or sent in a message to another process that answers it in its time. Whoever made the request waits meanwhile.
 *
 * ```ts
 * @process
 * class Gate {
 *   waiting: Deferred<string>[] = [];
 *
 *   @deferred
 *   pass(answer: Deferred<string>): void {
 *     this.waiting.push(answer);
 *   }
 *
 *   @message
 *   open(): void {
 *     for (let i = 0; i < this.waiting.length; i++) this.waiting[i].send("come in");
 *     this.waiting = [];
 *   }
 * }
 * ```
 */
export class Deferred<A> {
  private isAnswered: bool = false;

  constructor(
    private tag: i64,
    private address: Address,
  ) {}

  /** Answers. A second answer panics. */
  send(value: A): void {
    this.use();
    answer<A>(this.address, this.tag, value);
  }

  /** Answers a `Deferred<void>`: says that it is done. */
  done(): void {
    this.use();
    confirm(this.address, this.tag);
  }

  private use(): void {
    if (this.isAnswered) panic("a deferred request was answered twice");
    this.isAnswered = true;
  }

  /** Writes it into a message. */
  __encode<W>(writer: W): void {
    writer.beginStruct(2);
    if (isDefined(writer.field)) writer.field("tag");
    writer.put<i64>(this.tag);
    if (isDefined(writer.field)) writer.field("return_address");
    writer.put<Address>(this.address);
    writer.endStruct();
  }

  /** Reads it from a message. */
  __decode<R>(reader: R): void {
    this.isAnswered = false;
    reader.beginStruct(2);
    if (isDefined(reader.field)) {
      while (reader.nextField()) {
        if (reader.field("tag")) this.tag = reader.get<i64>();
        else if (reader.field("return_address")) this.address = reader.get<Address>();
        else reader.skip();
      }
    } else {
      this.tag = reader.get<i64>();
      this.address = reader.get<Address>();
    }
    reader.endStruct();
  }
}
