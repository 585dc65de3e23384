import * as output from "./output";
import { putValue } from "./putValue";

/**
 * Writes bincode: little-endian, fixed width, counts as u64, no names. It has no state: what is written goes to the
 * message under construction. Messages write their fields with it in `__encode`.
 */
export class BincodeWriter {
  /** A value of any type that can be sent. */
  put<T>(value: T): void {
    putValue<T, BincodeWriter>(this, value);
  }

  /** A boolean. */
  bool(value: bool): void {
    output.putNumber<u8>(value ? 1 : 0);
  }

  /** A whole number. */
  integer<T>(value: T): void {
    output.putNumber<T>(value);
  }

  /** A number with a fraction. */
  float<T>(value: T): void {
    output.putNumber<T>(value);
  }

  /** A text. */
  text(value: string): void {
    output.putNumber<u64>(<u64>String.UTF8.byteLength(value));
    output.putUtf8(value);
  }

  /** A list of numbers that lie in memory as they are written. */
  numbers(from: usize, count: i32, size: usize): void {
    output.putNumber<u64>(count);
    output.putBytes(from, <usize>count * size);
  }

  /** The value that has no content. */
  unit(): void {}

  /** Nothing, where there could be a value. */
  none(): void {
    output.putNumber<u8>(0);
  }

  /** A value follows, where there could be none. */
  some(): void {
    output.putNumber<u8>(1);
  }

  /** So many elements follow. */
  beginList(count: i32): void {
    output.putNumber<u64>(count);
  }

  /** The next element follows. */
  beginItem(): void {}

  /** The elements are through. */
  endList(): void {}

  /** So many entries follow. */
  beginMap(count: i32): void {
    output.putNumber<u64>(count);
  }

  /** The key of an entry; its value follows. */
  key<K>(key: K): void {
    putValue<K, BincodeWriter>(this, key);
  }

  /** The entries are through. */
  endMap(): void {}

  /** So many fields follow. */
  beginStruct(_fields: i32): void {}

  /** The fields are through. */
  endStruct(): void {}

  /** One case of a sum type; its fields follow. */
  beginVariant(index: u32, _fields: i32): void {
    output.putNumber<u32>(index);
  }

  /** The case is through. */
  endVariant(_fields: i32): void {}
}
