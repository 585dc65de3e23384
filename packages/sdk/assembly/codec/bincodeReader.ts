import { getValue } from "./getValue";
import * as input from "./input";

/** Reads bincode from the message that was received. It has no state. */
export class BincodeReader {
  /** A value of any type that can be sent. */
  get<T>(): T {
    return getValue<T, BincodeReader>(this);
  }

  /** A boolean. */
  bool(): bool {
    const value = input.takeNumber<u8>();
    if (value > 1) input.fail("a bool is neither 0 nor 1");
    return value == 1;
  }

  /** A whole number. */
  integer<T>(): T {
    return input.takeNumber<T>();
  }

  /** A number with a fraction. */
  float<T>(): T {
    return input.takeNumber<T>();
  }

  /** A text. */
  text(): string {
    return input.takeUtf8(input.takeNumber<u64>());
  }

  /** A list of numbers that lie in the message as in memory. */
  numbers<E>(): Array<E> {
    const count = input.takeNumber<u64>();
    if (count > input.available() / sizeof<E>()) {
      input.fail("a list ends too early");
      return [];
    }
    const values = new Array<E>(<i32>count);
    input.takeBytes(values.dataStart, <usize>count * sizeof<E>());
    return values;
  }

  /** The value that has no content. */
  unit(): void {}

  /** Whether a value follows, where there could be none. */
  isPresent(): bool {
    const present = input.takeNumber<u8>();
    if (present > 1) input.fail("an option is neither 0 nor 1");
    return present == 1;
  }

  /** How many elements follow. */
  beginList(): u64 {
    return input.takeNumber<u64>();
  }

  /** Whether another element follows, with so many left of those that were announced. */
  hasItem(left: u64): bool {
    return left > 0;
  }

  /** How many entries follow. */
  beginMap(): u64 {
    return input.takeNumber<u64>();
  }

  /** Whether another entry follows, with so many left of those that were announced. */
  hasEntry(left: u64): bool {
    return left > 0;
  }

  /** The key of an entry; its value follows. */
  key<K>(): K {
    return getValue<K, BincodeReader>(this);
  }

  /** Fields follow. */
  beginStruct(_fields: i32): void {}

  /** The fields are through. */
  endStruct(): void {}

  /** The number of a sum type's case. */
  beginVariant(): u32 {
    return input.takeNumber<u32>();
  }

  /** The fields of the case follow. */
  beginFields(_fields: i32): void {}

  /** The case is through. */
  endVariant(_fields: i32): void {}

  /** Says what is wrong with the message. */
  fail(what: string): void {
    input.fail(what);
  }

  /** Whether nothing was wrong so far. */
  isSound(): bool {
    return input.isSound();
  }
}
