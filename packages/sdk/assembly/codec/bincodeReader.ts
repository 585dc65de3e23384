import { isPlain } from "./bincodeWriter";
import * as input from "./input";

/** Elements that take no bytes may be claimed in any number; more than these are refused. */
const MAX_EMPTY_ELEMENTS: u64 = 65_536;

/**
 * Reads values as bincode has them. It has no state: what is read comes from the message that was received. Once
 * something was wrong, every value is 0, false, "" or empty, and the codec reports the failure.
 */
export class BincodeReader {
  /** A value of any type that can be sent. */
  get<T>(): T {
    if (isBoolean<T>()) {
      const value = input.takeNumber<u8>();
      if (value > 1) input.fail("a bool is neither 0 nor 1");
      return <T>(value == 1);
    }
    if (isInteger<T>() || isFloat<T>()) return input.takeNumber<T>();
    if (isNullable<T>()) {
      const present = input.takeNumber<u8>();
      if (present > 1) input.fail("an option is neither 0 nor 1");
      return present == 1 ? this.get<NonNullable<T>>() : null;
    }
    if (isString<T>()) return <T>input.takeUtf8(input.takeNumber<u64>());
    return this.object<T>();
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

  private object<T>(): T {
    const type = changetype<T>(<usize>0);
    if (isDefined(type.__decodeVariant)) {
      if (!input.enter()) return type;
      const value = type.__decodeVariant<BincodeReader>(this);
      input.leave();
      // The static type may be one case of the sum type; another case in its place is wrong.
      if (value instanceof T) return <T>value;
      input.fail("it is another case of the sum type");
      return type;
    }
    if (isDefined(type.__decode)) {
      const value = changetype<T>(__new(offsetof<T>(), idof<T>()));
      if (!input.enter()) return value;
      value.__decode<BincodeReader>(this);
      input.leave();
      return value;
    }
    if (type instanceof ArrayBuffer) {
      const length = this.plainLength(1);
      const value = new ArrayBuffer(<i32>length);
      input.takeBytes(changetype<usize>(value), length);
      return value;
    }
    if (type instanceof ArrayBufferView) {
      const length = this.plainLength(sizeof<valueof<T>>());
      const value = instantiate<T>(<i32>(length / sizeof<valueof<T>>()));
      input.takeBytes(value.dataStart, length);
      return value;
    }
    if (type instanceof StaticArray) return StaticArray.fromArray<valueof<T>>(this.array<valueof<T>>());
    if (isArray<T>()) return this.array<valueof<T>>();
    if (type instanceof Map) return this.map(type);
    if (type instanceof Set) return this.set(type);
    ERROR("this type cannot be received: it is not a @message");
    return type;
  }

  /** The bytes of an array of numbers; 0 if the message does not have as many. */
  private plainLength(size: usize): usize {
    const count = input.takeNumber<u64>();
    if (count <= input.available() / size) return <usize>count * size;
    input.fail("an array ends too early");
    return 0;
  }

  private array<E>(): Array<E> {
    if (isPlain<E>()) {
      const length = this.plainLength(sizeof<E>());
      const numbers = new Array<E>(<i32>(length / sizeof<E>()));
      input.takeBytes(numbers.dataStart, length);
      return numbers;
    }
    const values = new Array<E>();
    for (let left = input.takeNumber<u64>(); left > 0; left--) {
      const before = input.available();
      const value = this.get<E>();
      if (!isSound(before, left)) break;
      values.push(value);
    }
    return values;
  }

  private map<K, V>(_type: Map<K, V>): Map<K, V> {
    const values = new Map<K, V>();
    for (let left = input.takeNumber<u64>(); left > 0; left--) {
      const before = input.available();
      const key = this.get<K>();
      const value = this.get<V>();
      if (!isSound(before, left)) break;
      values.set(key, value);
    }
    return values;
  }

  private set<E>(_type: Set<E>): Set<E> {
    const values = new Set<E>();
    for (let left = input.takeNumber<u64>(); left > 0; left--) {
      const before = input.available();
      const value = this.get<E>();
      if (!isSound(before, left)) break;
      values.add(value);
    }
    return values;
  }
}

/** Whether an element was read, and those that are claimed to follow can be there. */
function isSound(availableBefore: u64, left: u64): bool {
  if (input.failure().length != 0) return false;
  if (availableBefore != input.available() || left <= MAX_EMPTY_ELEMENTS) return true;
  input.fail("it claims more elements than it has");
  return false;
}
