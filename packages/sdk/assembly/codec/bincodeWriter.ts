import * as output from "./output";

/**
 * Writes values as bincode has them: little-endian, fixed width, counts as u64. It has no state: what is written goes
 * to the message under construction. Messages write their fields with it in `__encode`.
 */
export class BincodeWriter {
  /** A value of any type that can be sent. */
  put<T>(value: T): void {
    if (isBoolean<T>()) {
      output.putNumber<u8>(value ? 1 : 0);
    } else if (isInteger<T>() || isFloat<T>()) {
      output.putNumber<T>(value);
    } else if (isNullable<T>()) {
      if (value === null) {
        output.putNumber<u8>(0);
      } else {
        output.putNumber<u8>(1);
        this.put<NonNullable<T>>(value);
      }
    } else if (isString<T>()) {
      this.text(<string>value);
    } else if (isDefined(value.__encodeVariant)) {
      value.__encodeVariant<BincodeWriter>(this);
    } else if (isDefined(value.__encode)) {
      value.__encode<BincodeWriter>(this);
    } else if (value instanceof ArrayBuffer) {
      this.bytes(changetype<usize>(value), <usize>value.byteLength, 1);
    } else if (value instanceof ArrayBufferView) {
      this.bytes(value.dataStart, <usize>value.byteLength, sizeof<valueof<T>>());
    } else if (value instanceof StaticArray) {
      this.staticArray<valueof<T>>(value);
    } else if (isArray<T>()) {
      this.array<valueof<T>>(value);
    } else if (value instanceof Map) {
      this.map(value);
    } else if (value instanceof Set) {
      this.set(value);
    } else {
      ERROR("this type cannot be sent: it is not a @message");
    }
  }

  /** Fields follow. Bincode writes nothing for it. */
  beginStruct(_fields: i32): void {}

  /** The fields are through. */
  endStruct(): void {}

  /** One case of a sum type; its fields follow. */
  beginVariant(index: u32, _fields: i32): void {
    output.putNumber<u32>(index);
  }

  /** The case is through. */
  endVariant(_fields: i32): void {}

  private text(value: string): void {
    output.putNumber<u64>(<u64>String.UTF8.byteLength(value));
    output.putUtf8(value);
  }

  private bytes(from: usize, length: usize, size: usize): void {
    output.putNumber<u64>(<u64>(length / size));
    output.putBytes(from, length);
  }

  private array<E>(values: Array<E>): void {
    if (isPlain<E>()) {
      this.bytes(values.dataStart, <usize>values.length * sizeof<E>(), sizeof<E>());
      return;
    }
    output.putNumber<u64>(<u64>values.length);
    for (let i = 0, count = values.length; i < count; i++) this.put<E>(values[i]);
  }

  private staticArray<E>(values: StaticArray<E>): void {
    output.putNumber<u64>(<u64>values.length);
    for (let i = 0, count = values.length; i < count; i++) this.put<E>(values[i]);
  }

  private map<K, V>(values: Map<K, V>): void {
    const keys = values.keys();
    output.putNumber<u64>(<u64>keys.length);
    for (let i = 0, count = keys.length; i < count; i++) {
      this.put<K>(keys[i]);
      this.put<V>(values.get(keys[i]));
    }
  }

  private set<E>(values: Set<E>): void {
    const all = values.values();
    output.putNumber<u64>(<u64>all.length);
    for (let i = 0, count = all.length; i < count; i++) this.put<E>(all[i]);
  }
}

/** Whether arrays of a type lie in memory as they are on the wire. */
// @ts-ignore: decorator
@inline
export function isPlain<E>(): bool {
  return (isInteger<E>() || isFloat<E>()) && !isBoolean<E>();
}
