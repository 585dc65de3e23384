import { BincodeReader } from "./bincodeReader";
import { BincodeWriter } from "./bincodeWriter";
import * as input from "./input";
import * as output from "./output";

/**
 * The default codec, the same as in lunatic's Rust library, so that processes written in both languages understand
 * each other. A codec is a class with these two methods and no fields; it is chosen by the second type argument of
 * `Process` and `Mailbox`.
 */
// Global, because the compiler looks the default of a type parameter up where the type is used.
// @ts-ignore: decorator
@global
export class Bincode {
  /** Writes a value to the message under construction. */
  encode<T>(value: T): void {
    changetype<BincodeWriter>(<usize>0).put<T>(value);
    output.flush();
  }

  /** Reads a value from the message that was received; `decodeFailure` tells whether it is one. */
  decode<T>(): T {
    input.begin();
    return changetype<BincodeReader>(<usize>0).get<T>();
  }

  /** The name of the codec in Rust. */
  __typeName(): string {
    return "lunatic::serializer::Bincode";
  }
}
