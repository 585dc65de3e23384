import { JsonReader } from "./jsonReader";
import { JsonWriter } from "./jsonWriter";
import * as input from "./input";
import * as output from "./output";

/**
 * Messages in JSON, which people and other programs can read. The same as the codec of this name in lunatic's
 * Rust library.
 *
 * ```ts
 * function work(start: i32, mailbox: Mailbox<Job, Json>): void {}
 * ```
 */
export class Json {
  /** Writes a value to the message under construction. */
  encode<T>(value: T): void {
    changetype<JsonWriter>(<usize>0).put<T>(value);
    output.flush();
  }

  /** Reads a value from the message that was received. */
  decode<T>(): T {
    input.begin();
    return changetype<JsonReader>(<usize>0).get<T>();
  }

  /** The name of the codec in Rust. */
  __typeName(): string {
    return "lunatic::serializer::Json";
  }
}
