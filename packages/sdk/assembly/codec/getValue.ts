import * as input from "./input";
import { isPlain } from "./putValue";

/** Elements that take no bytes may be claimed in any number; more than these are refused. */
const MAX_EMPTY_ELEMENTS: u64 = 65_536;

/**
 * Reads a value of any type that can be sent, by the means of a reader: this is the one place that knows the types. A
 * reader knows a format. Once something was wrong every value is 0, false, "" or empty, and the codec reports the
 * failure.
 */
export function getValue<T, R>(reader: R): T {
  if (isBoolean<T>()) return <T>reader.bool();
  if (isInteger<T>()) return reader.integer<T>();
  if (isFloat<T>()) return reader.float<T>();
  if (isNullable<T>()) return reader.isPresent() ? getValue<NonNullable<T>, R>(reader) : null;
  if (isString<T>()) return <T>reader.text();
  return getObject<T, R>(reader);
}

function getObject<T, R>(reader: R): T {
  const type = changetype<T>(<usize>0);
  if (isDefined(type.__decodeVariant)) {
    if (!input.enter()) return type;
    const value = type.__decodeVariant<R>(reader);
    input.leave();
    // The static type may be one case of the sum type; another case in its place is wrong.
    if (value instanceof T) return <T>value;
    input.fail("it is another case of the sum type");
    return type;
  }
  if (isDefined(type.__decode)) {
    const value = changetype<T>(__new(offsetof<T>(), idof<T>()));
    if (!input.enter()) return value;
    value.__decode<R>(reader);
    input.leave();
    return value;
  }
  if (type instanceof ArrayBuffer) {
    const numbers = getNumbers<u8, R>(reader);
    // The list's own buffer may be longer than the list.
    return numbers.buffer.slice(0, numbers.length);
  }
  if (type instanceof ArrayBufferView) {
    const numbers = getNumbers<valueof<T>, R>(reader);
    const view = instantiate<T>(numbers.length);
    memory.copy(view.dataStart, numbers.dataStart, <usize>numbers.length * sizeof<valueof<T>>());
    return view;
  }
  if (type instanceof StaticArray) return StaticArray.fromArray<valueof<T>>(getArray<valueof<T>, R>(reader));
  if (isArray<T>()) return getArray<valueof<T>, R>(reader);
  if (type instanceof Map) return getMap(reader, type);
  if (type instanceof Set) return getSet(reader, type);
  ERROR("this type cannot be received: it is not a @message");
  return type;
}

function getNumbers<E, R>(reader: R): Array<E> {
  if (isDefined(reader.numbers)) return reader.numbers<E>();
  return getElements<E, R>(reader);
}

function getArray<E, R>(reader: R): Array<E> {
  if (isPlain<E>()) return getNumbers<E, R>(reader);
  return getElements<E, R>(reader);
}

function getElements<E, R>(reader: R): Array<E> {
  const values = new Array<E>();
  for (let left = reader.beginList(); reader.hasItem(left); left--) {
    const before = input.available();
    const value = getValue<E, R>(reader);
    if (!isSound(before, left)) break;
    values.push(value);
  }
  return values;
}

function getMap<R, K, V>(reader: R, _type: Map<K, V>): Map<K, V> {
  const values = new Map<K, V>();
  for (let left = reader.beginMap(); reader.hasEntry(left); left--) {
    const before = input.available();
    const key = reader.key<K>();
    const value = getValue<V, R>(reader);
    if (!isSound(before, left)) break;
    values.set(key, value);
  }
  return values;
}

function getSet<R, E>(reader: R, _type: Set<E>): Set<E> {
  const values = new Set<E>();
  for (let left = reader.beginList(); reader.hasItem(left); left--) {
    const before = input.available();
    const value = getValue<E, R>(reader);
    if (!isSound(before, left)) break;
    values.add(value);
  }
  return values;
}

/** Whether an element was read, and those that are claimed to follow can be there. */
function isSound(availableBefore: u64, left: u64): bool {
  if (!input.isSound()) return false;
  if (availableBefore != input.available() || left <= MAX_EMPTY_ELEMENTS) return true;
  input.fail("it claims more elements than it has");
  return false;
}
