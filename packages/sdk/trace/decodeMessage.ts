import type { MessageTypes, TypedName } from "./messageTypes.ts";
import { parseType, type TypeText } from "./typeText.ts";

/** A message as its receiver is known to take it. */
export interface ReceivedMessage {
  /** What the receiver runs: the name of a class with `@process`, or of a function with a mailbox. */
  readonly receiver: string;
  readonly tag: bigint;
  readonly bytes: Uint8Array;
  /** There are no more bytes than these. */
  readonly isWhole: boolean;
}

/** The number that asks a process of a class to shut down. */
const SHUTDOWN = 32;
/** Elements of a list, and characters of a text, that are told. */
const MOST_TOLD = 20;
const MOST_CHARACTERS = 80;
/** A type that holds itself by way of lists nests as deep as its bytes say. */
const MOST_NESTED = 30;

/**
 * A message in the words of its author: `add(3, "because")`, `Job { name: "a lake", size: 2 }`.
 * @returns undefined: nothing is known of such messages, or it is no such one after all
 */
export function decodeMessage(types: MessageTypes, message: ReceivedMessage): string | undefined {
  const { receiver, tag, bytes, isWhole } = message;
  const handlers = own(types.processes, receiver);
  const reader = new MessageReader(types, bytes);
  try {
    if (handlers === undefined) {
      const type = own(types.mailboxes, receiver);
      return type === undefined ? undefined : reader.finish(reader.valueOf(type), isWhole);
    }
    const number = handlerOf(tag);
    if (number === SHUTDOWN) return "shut down";
    const handler = own(handlers, String(number));
    if (handler === undefined) return undefined;
    const [name, parameters, answers] = handler;
    const values = parameters.map(([, type]) => reader.valueOf(type));
    if (answers) reader.skipAddress();
    return reader.finish(`${name}(${values.join(", ")})`, isWhole);
  } catch (thrown) {
    if (!(thrown instanceof NotReadable)) throw thrown;
    return !isWhole && thrown.isEnd
      ? handlerName(types, receiver, tag) && `${handlerName(types, receiver, tag)}(…)`
      : undefined;
  }
}

/** The handler that a message to a process of a class is for: its tag alone tells. undefined: it is for none. */
export function handlerName(types: MessageTypes, receiver: string, tag: bigint): string | undefined {
  const handlers = own(types.processes, receiver);
  if (handlers === undefined) return undefined;
  const number = handlerOf(tag);
  return number === SHUTDOWN ? "shut down" : own(handlers, String(number))?.[0];
}

/** It is in the top byte of the tag. */
function handlerOf(tag: bigint): number {
  return Number(BigInt.asUintN(64, tag) >> 56n);
}

function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

class NotReadable extends Error {
  override readonly name = "NotReadable";
  /** The bytes were through. */
  readonly isEnd: boolean;

  constructor(isEnd: boolean) {
    super(isEnd ? "the bytes are through" : "this is no such message");
    this.isEnd = isEnd;
  }
}

type Bindings = ReadonlyMap<string, TypeText>;
const UNBOUND: Bindings = new Map();

const NUMBERS: Readonly<Record<string, (view: DataView, at: number) => number | bigint>> = {
  i8: (view, at) => view.getInt8(at),
  u8: (view, at) => view.getUint8(at),
  i16: (view, at) => view.getInt16(at, true),
  u16: (view, at) => view.getUint16(at, true),
  i32: (view, at) => view.getInt32(at, true),
  u32: (view, at) => view.getUint32(at, true),
  i64: (view, at) => view.getBigInt64(at, true),
  u64: (view, at) => view.getBigUint64(at, true),
  f32: (view, at) => view.getFloat32(at, true),
  f64: (view, at) => view.getFloat64(at, true),
};

/** What arrays of numbers are called, and of which. */
const NUMBER_ARRAYS: Readonly<Record<string, string>> = {
  ArrayBuffer: "u8",
  Int8Array: "i8",
  Uint8Array: "u8",
  Uint8ClampedArray: "u8",
  Int16Array: "i16",
  Uint16Array: "u16",
  Int32Array: "i32",
  Uint32Array: "u32",
  Int64Array: "i64",
  Uint64Array: "u64",
  Float32Array: "f32",
  Float64Array: "f64",
};

const LISTS: ReadonlySet<string> = new Set(["Array", "StaticArray", "Set"]);
/** Handles of the framework: a node and the number of a process. */
const HANDLES: ReadonlySet<string> = new Set(["Process", "Task"]);
const UNIT: TypeText = { name: "Unit", of: [], isNullable: false };

/** Reads bincode (little-endian, fixed width, counts of 64 bits) by the types of a program. */
class MessageReader {
  readonly #types: MessageTypes;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;
  #depth = 0;

  constructor(types: MessageTypes, bytes: Uint8Array) {
    this.#types = types;
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** @throws NotReadable */
  valueOf(type: string, bound: Bindings = UNBOUND): string {
    const parsed = parseType(type);
    if (parsed === undefined) throw new NotReadable(false);
    return this.#value(parsed, bound);
  }

  skipAddress(): void {
    this.#take(16);
  }

  /** @returns undefined: there is more than such a message has */
  finish(text: string, isWhole: boolean): string | undefined {
    return isWhole && this.#at !== this.#bytes.length ? undefined : text;
  }

  #value(type: TypeText, bound: Bindings): string {
    if (++this.#depth > MOST_NESTED) throw new NotReadable(false);
    const text = type.isNullable && this.#take(1) === 0 ? "null" : this.#present(type, bound);
    this.#depth--;
    return text;
  }

  #present({ name, of }: TypeText, bound: Bindings): string {
    const read = own(NUMBERS, name);
    if (read !== undefined) return this.#number(name);
    if (name === "bool" || name === "boolean") return this.#take(1) === 0 ? "false" : "true";
    if (name === "string" || name === "String") return this.#text();
    const numbers = own(NUMBER_ARRAYS, name);
    const [first = UNIT, second = UNIT] = of;
    if (numbers !== undefined) return this.#list({ name: numbers, of: [], isNullable: false }, bound);
    if (LISTS.has(name)) return this.#list(first, bound);
    if (name === "Map") return this.#map(first, second, bound);
    if (name === "Unit") return "unit";
    if (name === "Tag") return `tag ${this.#number("i64")}`;
    if (name === "Option") return this.#take(1) === 0 ? "none" : this.#value(first, bound);
    if (HANDLES.has(name) || this.#isRef(name)) return this.#handle();
    const argument = bound.get(name);
    if (argument !== undefined) return this.#value(argument, UNBOUND);
    return this.#declared(name, of, bound);
  }

  #declared(name: string, of: readonly TypeText[], bound: Bindings): string {
    const { classes, sums, enums, aliases } = this.#types;
    const alias = own(aliases, name);
    if (alias !== undefined) return this.valueOf(alias);
    if (enums.includes(name)) return `${name} ${this.#number("i32")}`;
    const cases = own(sums, name);
    if (cases !== undefined) {
      const index = Number(this.#number("u32"));
      const found = cases.find(([number]) => number === index);
      if (found === undefined) throw new NotReadable(false);
      return this.#fields(found[1], found[2], UNBOUND);
    }
    const declared = own(classes, name);
    if (declared === undefined) throw new NotReadable(false);
    const inner = new Map(declared.of?.map((parameter, index) => [parameter, resolve(of[index], bound)]));
    return this.#fields(name, declared.fields, inner);
  }

  #fields(name: string, fields: readonly TypedName[], bound: Bindings): string {
    const values = fields.map(([field, type]) => `${field}: ${this.valueOf(type, bound)}`);
    return values.length === 0 ? name : `${name} { ${values.join(", ")} }`;
  }

  /** `CounterRef` of a class `Counter` with `@process`. */
  #isRef(name: string): boolean {
    return name.endsWith("Ref") && own(this.#types.processes, name.slice(0, -3)) !== undefined;
  }

  #handle(): string {
    this.#take(8);
    return `process ${this.#number("u64")}`;
  }

  #list(element: TypeText, bound: Bindings): string {
    const count = this.#count();
    const values: string[] = [];
    for (let index = 0; index < count; index++) {
      const value = this.#value(element, bound);
      if (index < MOST_TOLD) values.push(value);
      // Elements without bytes end nothing.
      if (index > this.#bytes.length) throw new NotReadable(false);
    }
    if (count > MOST_TOLD) values.push(`… ${count} in all`);
    return `[${values.join(", ")}]`;
  }

  #map(key: TypeText, value: TypeText, bound: Bindings): string {
    const count = this.#count();
    const entries: string[] = [];
    for (let index = 0; index < count; index++) {
      const entry = `${this.#value(key, bound)}: ${this.#value(value, bound)}`;
      if (index < MOST_TOLD) entries.push(entry);
      if (index > this.#bytes.length) throw new NotReadable(false);
    }
    if (count > MOST_TOLD) entries.push(`… ${count} in all`);
    return `{${entries.join(", ")}}`;
  }

  #text(): string {
    const length = this.#count();
    const from = this.#at;
    this.#skip(length);
    let text: string;
    try {
      text = new TextDecoder("utf-8", { fatal: true }).decode(this.#bytes.subarray(from, this.#at));
    } catch (thrown) {
      if (thrown instanceof TypeError) throw new NotReadable(false);
      throw thrown;
    }
    return JSON.stringify(text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text);
  }

  #count(): number {
    return Number(this.#number("u64"));
  }

  #number(type: string): string {
    const size = Number(type.slice(1)) / 8;
    const from = this.#at;
    this.#skip(size);
    return String(NUMBERS[type]!(this.#view, from));
  }

  #take(count: number): number {
    const first = this.#bytes[this.#at] ?? 0;
    this.#skip(count);
    return first;
  }

  #skip(count: number): void {
    if (this.#at + count > this.#bytes.length) throw new NotReadable(true);
    this.#at += count;
  }
}

/** A type argument in the terms of where it was given. */
function resolve(type: TypeText | undefined, bound: Bindings): TypeText {
  if (type === undefined) return UNIT;
  return bound.get(type.name) ?? type;
}
