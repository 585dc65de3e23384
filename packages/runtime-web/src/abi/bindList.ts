import { GuestTrap } from "../kernel/guestTrap.ts";
import { decodeText } from "./text.ts";

/** Kinds of a key and a value, host ABI 3.12. */
const KEY = { none: 0, index: 1, name: 2 } as const;
const VALUE = { none: 0, blob: 1, text: 2, double: 3, int: 4, int64: 5 } as const;
const NAME_PREFIXES = ["", ":", "@", "$"];
const INDEXED_KEY_BYTES = 12;

/**
 * Reads bincode of a BindList, and gives every value the index of its parameter: natively a name is bound as if it
 * were the first (host ABI ch. 17, 14).
 * @param parameters names of the statement's parameters with their prefix, or ""; index 0 is parameter 1
 * @returns bincode of the same list with indices only
 * @throws GuestTrap the bytes are no BindList, or there is no such parameter
 */
export function normalizeBindList(bytes: Uint8Array, parameters: readonly string[]): Uint8Array {
  const reader = new ListReader(bytes);
  const count = reader.u64();
  const parts: Uint8Array[] = [];
  let isIndexed = true;
  let next = 1;
  for (let i = 0; i < count; i++) {
    const start = reader.at;
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
    if (key === KEY.index) parts.push(bytes.subarray(start, reader.at));
    else {
      isIndexed = false;
      parts.push(indexedKey(index), bytes.subarray(valueStart, reader.at));
    }
  }
  if (reader.at !== bytes.length) throw malformed(`${bytes.length - reader.at} bytes behind it`);
  return isIndexed ? bytes : join(count, parts);
}

/** Two lists as one: what is bound later counts. Both as `normalizeBindList` returns them. */
export function appendBindList(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  return join(countOf(first) + countOf(second), [first.subarray(8), second.subarray(8)]);
}

function countOf(list: Uint8Array): number {
  return new DataView(list.buffer, list.byteOffset, list.byteLength).getUint32(0, true);
}

function indexOf(name: string, parameters: readonly string[]): number {
  for (const prefix of NAME_PREFIXES) {
    const found = parameters.indexOf(prefix + name);
    if (found >= 0 && name !== "") return found + 1;
  }
  const known = parameters.filter((parameter) => parameter !== "").join(", ");
  throw new GuestTrap(
    `the statement has no parameter ${JSON.stringify(name)}, but ${known || "none with a name"}`,
  );
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
  at = 0;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
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
    const text = decodeText(this.#content());
    if (text === undefined) throw malformed("a text that is not UTF-8");
    return text;
  }

  skipValue(): void {
    const kind = this.u32();
    switch (kind) {
      case VALUE.none:
        break;
      case VALUE.blob:
        this.#content();
        break;
      case VALUE.text:
        this.text();
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

  #content(): Uint8Array {
    const length = this.u64();
    const at = this.#take(length);
    return this.#bytes.subarray(at, at + length);
  }

  #take(length: number): number {
    const { at } = this;
    if (length > this.#bytes.length - at) throw malformed(`${length} bytes missing at byte ${at}`);
    this.at = at + length;
    return at;
  }
}
