/**
 * Writes a value of any type that can be sent, by the means of a writer: this is the one place that knows the types. A
 * writer knows a format. Both are known to the compiler, so that what remains is the format's code for this type.
 */
export function putValue<T, W>(writer: W, value: T): void {
  if (isBoolean<T>()) {
    writer.bool(<bool>value);
  } else if (isInteger<T>()) {
    writer.integer<T>(value);
  } else if (isFloat<T>()) {
    writer.float<T>(value);
  } else if (isNullable<T>()) {
    if (value === null) {
      writer.none();
    } else {
      writer.some();
      putValue<NonNullable<T>, W>(writer, value);
    }
  } else if (isString<T>()) {
    writer.text(<string>value);
  } else if (isDefined(value.__encodeVariant)) {
    value.__encodeVariant<W>(writer);
  } else if (isDefined(value.__encode)) {
    value.__encode<W>(writer);
  } else if (value instanceof ArrayBuffer) {
    putNumbers<u8, W>(writer, changetype<usize>(value), value.byteLength);
  } else if (value instanceof ArrayBufferView) {
    putNumbers<valueof<T>, W>(writer, value.dataStart, value.length);
  } else if (value instanceof StaticArray) {
    putStaticArray<valueof<T>, W>(writer, value);
  } else if (isArray<T>()) {
    putArray<valueof<T>, W>(writer, value);
  } else if (value instanceof Map) {
    putMap(writer, value);
  } else if (value instanceof Set) {
    putSet(writer, value);
  } else {
    ERROR("this type cannot be sent: it is not a @message");
  }
}

/** Whether arrays of a type are numbers that lie in memory one after the other. */
// @ts-ignore: decorator
@inline
export function isPlain<E>(): bool {
  return (isInteger<E>() || isFloat<E>()) && !isBoolean<E>();
}

function putNumbers<E, W>(writer: W, from: usize, count: i32): void {
  if (isDefined(writer.numbers)) {
    writer.numbers(from, count, sizeof<E>());
    return;
  }
  writer.beginList(count);
  for (let i = 0; i < count; i++) {
    writer.beginItem();
    putValue<E, W>(writer, load<E>(from + <usize>i * sizeof<E>()));
  }
  writer.endList();
}

function putArray<E, W>(writer: W, values: Array<E>): void {
  const count = values.length;
  if (isPlain<E>()) {
    putNumbers<E, W>(writer, values.dataStart, count);
    return;
  }
  writer.beginList(count);
  for (let i = 0; i < count; i++) {
    writer.beginItem();
    putValue<E, W>(writer, values[i]);
  }
  writer.endList();
}

function putStaticArray<E, W>(writer: W, values: StaticArray<E>): void {
  const count = values.length;
  writer.beginList(count);
  for (let i = 0; i < count; i++) {
    writer.beginItem();
    putValue<E, W>(writer, values[i]);
  }
  writer.endList();
}

function putMap<W, K, V>(writer: W, values: Map<K, V>): void {
  const keys = values.keys();
  const count = keys.length;
  writer.beginMap(count);
  for (let i = 0; i < count; i++) {
    writer.key<K>(keys[i]);
    putValue<V, W>(writer, values.get(keys[i]));
  }
  writer.endMap();
}

function putSet<W, E>(writer: W, values: Set<E>): void {
  putArray<E, W>(writer, values.values());
}
