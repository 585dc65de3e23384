import { MessagePackReader } from "./messagePackReader";
import { MessagePackWriter } from "./messagePackWriter";
import * as input from "./input";
import * as output from "./output";

/**
 * Messages in MessagePack, smaller than bincode for small numbers. The same as the codec of this name in lunatic's
 * Rust library.
 *
 * ```ts
 * function work(start: i32, mailbox: Mailbox<Job, MessagePack>): void {}
 * ```
 */
export class MessagePack {
  /** Writes a value to the message under construction. */
  encode<T>(value: T): void {
    changetype<MessagePackWriter>(<usize>0).put<T>(value);
    output.flush();
  }

  /** Reads a value from the message that was received. */
  decode<T>(): T {
    input.begin();
    return changetype<MessagePackReader>(<usize>0).get<T>();
  }

  /** The name of the codec in Rust. */
  __typeName(): string {
    return "lunatic::serializer::MessagePack";
  }
}
