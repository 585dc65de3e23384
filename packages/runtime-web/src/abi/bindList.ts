import { GuestTrap } from "../kernel/guestTrap.ts";
import type { GuestMemory } from "./guestMemory.ts";
import { decodeText, isShortAscii } from "./text.ts";

/** Kinds of a key and a value, host ABI 3.12. */
const KEY = { none: 0, index: 1, name: 2 } as const;
const VALUE = { none: 0, blob: 1, text: 2, double: 3, int: 4, int64: 5 } as const;
const NAME_PREFIXES = ["", ":", "@", "$"];
const INDEXED_KEY_BYTES = 12;

const COUNT_BYTES = 8;
/** Of all values of a statement. Of one value sqlite takes 1,000,000,000 bytes at most. */
const MOST_BYTES = 2 ** 30;
/** That a message lists. */
const MOST_NAMES = 20;

/**
 * Reads bincode of a BindList, and gives every value the index of its parameter: natively a name is bound as if it
 * were the first (host ABI ch. 17, 14).
 * @param parameters names of the statement's parameters with their prefix, or ""; index 0 is parameter 1
 * @returns bincode of the same list with indices only; mostly it lies in the guest's memory, and is valid until it runs
 * @throws GuestTrap the bytes are no BindList, or there is no such parameter; OutOfBoundsError
 */
export function readBindList(
  memory: GuestMemory,
  ptr: number,
  len: number,
  parameters: readonly string[],
): Uint8Array {
  const length = len >>> 0;
  const start = length === 0 ? 0 : memory.address(ptr, length);
  const reader = new ListReader(memory, start, start + length);
  const count = reader.u64();
  let next = 1;
  let parts: Uint8Array[] | undefined;
  for (let i = 0; i < count; i++) {
    const entryStart = reader.at;
    const key = reader.u32();
    let index: number;
    if (key === KEY.index) index = reader.u64();
    else if (key === KEY.name) index = indexOf(reader.text(), parameters);
    else if (key === KEY.none) index = next++;
    else throw malformed(`a key of kind ${key}`);
    if (!(index >= 1 && index <= parameters.length)) {
      throw new GuestTrap(`there is no parameter ${index}: the statement has ${parameters.length}`);
    }
    const valueStart = reader.at;
    reader.skipValue();
    if (key === KEY.index) parts?.push(reader.slice(entryStart));
    else {
      parts ??= [memory.bytes.subarray(start + COUNT_BYTES, entryStart)];
      parts.push(indexedKey(index), reader.slice(valueStart));
    }
  }
  if (reader.left > 0) throw malformed(`${reader.left} bytes behind it`);
  return parts === undefined ? memory.bytes.subarray(start, start + length) : join(count, parts);
}

/**
 * Two lists as one: what is bound later counts. Both as `readBindList` returns them.
 * @param parameters how many the statement has: a list never has more, however often it is bound
 * @throws GuestTrap together they are larger than what can be bound
 */
export function appendBindList(first: Uint8Array, second: Uint8Array, parameters: number): Uint8Array {
  const count = countOf(first) + countOf(second);
  if (first.length + second.length > MOST_BYTES) {
    throw new GuestTrap(`out of memory (code 7): more than ${MOST_BYTES} bytes are bound to a statement`);
  }
  const both = join(count, [first.subarray(COUNT_BYTES), second.subarray(COUNT_BYTES)]);
  return count > parameters ? withoutRepeats(both, parameters) : both;
}

function countOf(list: Uint8Array): number {
  return new DataView(list.buffer, list.byteOffset, list.byteLength).getUint32(0, true);
}

/** By their names with and without prefix: a statement may have 32,766 of them, and be bound by as many names. */
const INDEXES = new WeakMap<readonly string[], ReadonlyMap<string, number>>();

function indexOf(name: string, parameters: readonly string[]): number {
  let indexes = INDEXES.get(parameters);
  if (indexes === undefined) {
    indexes = indexParameters(parameters);
    INDEXES.set(parameters, indexes);
  }
  const index = name === "" ? undefined : indexes.get(name);
  if (index !== undefined) return index;
  const known = parameters.filter((parameter) => parameter !== "").slice(0, MOST_NAMES);
  const more = known.length === MOST_NAMES ? ", …" : "";
  throw new GuestTrap(
    `the statement has no parameter ${JSON.stringify(name)}, but ${known.join(", ") || "none with a name"}${more}`,
  );
}

function indexParameters(parameters: readonly string[]): Map<string, number> {
  const indexes = new Map<string, number>();
  for (const prefix of NAME_PREFIXES) {
    parameters.forEach((parameter, index) => {
      const name = parameter.slice(prefix.length);
      if (parameter.startsWith(prefix) && !indexes.has(name)) indexes.set(name, index + 1);
    });
  }
  return indexes;
}

/** Of each parameter the value that was bound last. As `readBindList` returns it. */
function withoutRepeats(list: Uint8Array, most: number): Uint8Array {
  const view = new DataView(list.buffer, list.byteOffset, list.byteLength);
  const last = new Map<number, Uint8Array>();
  const reader = new ListReader({ bytes: list, view }, COUNT_BYTES, list.length);
  while (reader.left > 0) {
    const start = reader.at;
    reader.u32();
    const index = reader.u64();
    reader.skipValue();
    last.set(index, reader.slice(start));
  }
  if (last.size > most) throw new Error("a list of bindings has parameters that the statement lacks");
  return join(last.size, [...last.values()]);
}

function indexedKey(index: number): Uint8Array {
  const bytes = new Uint8Array(INDEXED_KEY_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, KEY.index, true);
  view.setUint32(4, index, true);
  return bytes;
}

function join(count: number, parts: readonly Uint8Array[]): Uint8Array {
  const list = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 8));
  new DataView(list.buffer).setUint32(0, count, true);
  let at = 8;
  for (const part of parts) {
    list.set(part, at);
    at += part.length;
  }
  return list;
}

function malformed(problem: string): GuestTrap {
  return new GuestTrap(`the bytes are no BindList: ${problem}`);
}

/** @throws GuestTrap from any call that would read beyond the end */
class ListReader {
  /** In the guest's memory. */
  at: number;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #start: number;
  readonly #end: number;

  constructor({ bytes, view }: Pick<GuestMemory, "bytes" | "view">, start: number, end: number) {
    this.#bytes = bytes;
    this.#view = view;
    this.at = start;
    this.#start = start;
    this.#end = end;
  }

  get left(): number {
    return this.#end - this.at;
  }

  /** What was read from there on. */
  slice(start: number): Uint8Array {
    return this.#bytes.subarray(start, this.at);
  }

  u32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  /** A length or an index: beyond 2^53 it is rounded, which is too large all the same. */
  u64(): number {
    const at = this.#take(8);
    return this.#view.getUint32(at, true) + this.#view.getUint32(at + 4, true) * 2 ** 32;
  }

  text(): string {
    const length = this.u64();
    const at = this.#take(length);
    const text = decodeText(this.#bytes.subarray(at, at + length));
    if (text === undefined) throw notUtf8();
    return text;
  }

  skipValue(): void {
    const kind = this.u32();
    switch (kind) {
      case VALUE.none:
        break;
      case VALUE.blob:
        this.#take(this.u64());
        break;
      case VALUE.text:
        this.#skipText();
        break;
      case VALUE.int:
        this.#take(4);
        break;
      case VALUE.double:
      case VALUE.int64:
        this.#take(8);
        break;
      default:
        throw malformed(`a value of kind ${kind}`);
    }
  }

  #skipText(): void {
    const length = this.u64();
    const at = this.#take(length);
    if (isShortAscii(this.#bytes, at, length)) return;
    if (decodeText(this.#bytes.subarray(at, at + length)) === undefined) throw notUtf8();
  }

  #take(length: number): number {
    const { at } = this;
    if (length > this.left) throw malformed(`${length} bytes missing at byte ${at - this.#start}`);
    this.at = at + length;
    return at;
  }
}

function notUtf8(): GuestTrap {
  return malformed("a text that is not UTF-8");
}
