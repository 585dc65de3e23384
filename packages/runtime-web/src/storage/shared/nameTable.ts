import type { Blocks } from "./blocks.ts";
import { BLOCK_WORDS, ENTRY, HEADER } from "./layout.ts";
import type { TreeMemory } from "./treeMemory.ts";

/** Buckets of one block each, as many as a block leads to: beyond a million names the chains grow. */
const MAX_BUCKETS = BLOCK_WORDS * BLOCK_WORDS;

const MAX_SPLIT = 256;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * All names of all directories, by directory and name. Linear hashing: the table grows by one bucket when there are
 * more names than buckets, so that no name ever waits for the rehashing of all.
 */
export class NameTable {
  readonly #memory: TreeMemory;
  readonly #blocks: Blocks;
  /** The name last encoded: text encoders may refuse shared memory. */
  readonly #name = new Uint8Array(1024);
  readonly #nameWords = new Int32Array(this.#name.buffer);

  constructor(memory: TreeMemory, blocks: Blocks) {
    this.#memory = memory;
    this.#blocks = blocks;
  }

  /** Makes the first buckets. @returns false: no room */
  create(): boolean {
    const root = this.#blocks.take(0);
    const first = this.#blocks.take(0);
    if (root === 0 || first === 0) return false;
    const memory = this.#memory;
    memory.set(HEADER.bucketRoot, root);
    memory.words[root * BLOCK_WORDS] = first;
    memory.set(HEADER.buckets, BLOCK_WORDS);
    return true;
  }

  /** @returns the entry, or 0 */
  find(directory: number, name: string): number {
    const length = this.#encode(name);
    const hash = this.#hash(directory, length);
    const { words } = this.#memory;
    for (let entry = words[this.#headOf(hash)]!; entry !== 0; entry = words[entry + ENTRY.nextInBucket]!) {
      if (words[entry + ENTRY.hash] === hash && words[entry + ENTRY.directory] === directory)
        if (this.#hasName(entry, length)) return entry;
    }
    return 0;
  }

  /** Bytes of a name. */
  byteLength(name: string): number {
    return this.#encode(name);
  }

  /** Writes a name, or another text of at most 1,024 bytes. @returns bytes of it */
  write(at: number, text: string): number {
    const length = this.#encode(text);
    // By words that can be undone: the cell may have held another name when the operation began.
    for (let i = 0; i < length; i += 4) this.#memory.set(at + (i >> 2), this.#nameWords[i >> 2]!);
    return length;
  }

  /** Writes an entry's name and makes it known. `ENTRY.directory` is set. */
  add(entry: number, name: string): void {
    const memory = this.#memory;
    const length = this.write(entry + ENTRY.bytes, name);
    memory.set(entry + ENTRY.length, length);
    const hash = this.#hash(memory.words[entry + ENTRY.directory]!, length);
    memory.set(entry + ENTRY.hash, hash);
    this.#link(entry, this.#headOf(hash));
    memory.add(HEADER.names, 1);
    if (memory.words[HEADER.names]! > memory.words[HEADER.buckets]!) this.#split();
  }

  remove(entry: number): void {
    const memory = this.#memory;
    let at = this.#headOf(memory.words[entry + ENTRY.hash]!);
    while (memory.words[at] !== entry) at = memory.words[at]! + ENTRY.nextInBucket;
    memory.set(at, memory.words[entry + ENTRY.nextInBucket]!);
    memory.add(HEADER.names, -1);
  }

  nameOf(entry: number): string {
    return readText(this.#memory, entry + ENTRY.bytes, this.#memory.words[entry + ENTRY.length]!);
  }

  #link(entry: number, head: number): void {
    const memory = this.#memory;
    memory.set(entry + ENTRY.nextInBucket, memory.words[head]!);
    memory.set(head, entry);
  }

  /** Deals the next bucket in turn out to itself and a new one. */
  #split(): void {
    const memory = this.#memory;
    const count = memory.words[HEADER.buckets]!;
    if (count === MAX_BUCKETS || !this.#hasBlockFor(count)) return;
    const from = this.#bucketAt(count - highestPower(count));
    if (this.#isLong(from)) return;
    let entry = memory.words[from]!;
    memory.set(from, 0);
    memory.set(HEADER.buckets, count + 1);
    while (entry !== 0) {
      const next = memory.words[entry + ENTRY.nextInBucket]!;
      this.#link(entry, this.#headOf(memory.words[entry + ENTRY.hash]!));
      entry = next;
    }
  }

  /** A chain has a few entries. One that hostile names made longer stays as it is: splitting it could not be undone. */
  #isLong(head: number): boolean {
    const { words } = this.#memory;
    let length = 0;
    for (let entry = words[head]!; entry !== 0; entry = words[entry + ENTRY.nextInBucket]!) length++;
    return length > MAX_SPLIT;
  }

  #hasBlockFor(bucket: number): boolean {
    const memory = this.#memory;
    const at = memory.words[HEADER.bucketRoot]! * BLOCK_WORDS + (bucket >>> 10);
    if (memory.words[at] !== 0) return true;
    const block = this.#blocks.take(0);
    if (block !== 0) memory.set(at, block);
    return block !== 0;
  }

  #headOf(hash: number): number {
    const count = this.#memory.words[HEADER.buckets]!;
    const power = highestPower(count);
    const bucket = hash & (2 * power - 1);
    return this.#bucketAt(bucket < count ? bucket : hash & (power - 1));
  }

  #bucketAt(bucket: number): number {
    const { words } = this.#memory;
    return words[words[HEADER.bucketRoot]! * BLOCK_WORDS + (bucket >>> 10)]! * BLOCK_WORDS + (bucket & 1023);
  }

  #hasName(entry: number, length: number): boolean {
    const { words, bytes } = this.#memory;
    if (words[entry + ENTRY.length] !== length) return false;
    const start = (entry + ENTRY.bytes) * 4;
    for (let i = 0; i < length; i++) if (bytes[start + i] !== this.#name[i]) return false;
    return true;
  }

  #encode(name: string): number {
    for (let i = 0; i < name.length; i++) {
      const unit = name.charCodeAt(i);
      if (unit >= 0x80 || i === this.#name.length) return this.#encodeWide(name);
      this.#name[i] = unit;
    }
    return name.length;
  }

  #encodeWide(name: string): number {
    const { read, written } = encoder.encodeInto(name, this.#name);
    if (read < name.length) throw new RangeError("The name is longer than any name may be");
    return written;
  }

  /** FNV-1a. */
  #hash(directory: number, length: number): number {
    let hash = this.#memory.words[HEADER.seed]! ^ directory;
    for (let i = 0; i < length; i++) hash = Math.imul(hash ^ this.#name[i]!, 0x01000193);
    return hash ^ (hash >>> 15);
  }
}

function highestPower(count: number): number {
  return 1 << (31 - Math.clz32(count));
}

/** By way of a copy: text decoders may refuse shared memory. */
export function readText(memory: TreeMemory, at: number, length: number): string {
  const copy = new Uint8Array(length);
  copy.set(memory.bytes.subarray(at * 4, at * 4 + length));
  return decoder.decode(copy);
}
