import { create_data, data_size, read_data, write_data } from "../host/message";
import { LunaticError } from "../error";
import { Result } from "../result";
import * as input from "./input";
import * as output from "./output";

/** Writes a message with a value and a tag, ready to be sent. */
export function encodeMessage<T, S>(tag: i64, value: T): void {
  output.begin(tag);
  changetype<S>(<usize>0).encode<T>(value);
}

/** Reads the value of the message that was received. `decodeFailure` tells whether it could be read. */
export function decodeMessage<T, S>(): T {
  return changetype<S>(<usize>0).decode<T>();
}

/** What was wrong with the message that was read last; "" if nothing was. */
export function decodeFailure(): string {
  return input.failure();
}

/**
 * The bytes of a value as a codec writes them, for a file or a foreign host function.
 *
 * ```ts
 * const bytes = encode<Job, Json>(job);
 * ```
 */
export function encode<T, S>(value: T): Uint8Array {
  encodeMessage<T, S>(0, value);
  const bytes = new Uint8Array(<i32>data_size());
  read_data(bytes.dataStart, <u32>bytes.length);
  return bytes;
}

/** The value that bytes stand for, or an error that says what is wrong with them. */
export function decode<T, S>(bytes: Uint8Array): Result<T> {
  create_data(0, 0);
  write_data(bytes.dataStart, <u32>bytes.length);
  const value = decodeMessage<T, S>();
  const failure = decodeFailure();
  return failure.length == 0 ? Result.ok<T>(value) : Result.err<T>(new LunaticError(failure));
}
