import { MailMeter } from "./mailMeter.ts";
import type { Message } from "./message.ts";

/** Where the messages of one tag are: absolute positions of the oldest and the newest, END if there are none left. */
interface TagChain {
  first: number;
  last: number;
}

/** A selective receive that passes over this many messages makes the mailbox keep an index by tag from then on. */
const LONGEST_SCAN = 16;
const SMALLEST_CAPACITY = 4;
/** An emptied mailbox keeps up to this many slots for its next messages. */
const LARGEST_IDLE_CAPACITY = 1024;
/** Emptied chains that are kept beyond the number of those in use. */
const SPARE_CHAINS = 64;
const END = -1;

/**
 * The messages of a process in order of arrival, oldest first.
 *
 * A circular array addressed by absolute positions: position p lives in slot p mod capacity, and positions
 * head … tail-1 are in use. A message taken out of the middle leaves a hole:
 *
 *     slots   [ m5 | --- | --- | m3 | hole | m4 ]
 *                    tail        head
 *
 * `head` never rests on a hole and `tail` never follows one, and when holes outnumber messages the array is packed, so
 * a message nobody asks for costs others nothing. With the index on, each tag has a chain of positions through `#next`;
 * a taken message is always the first of its chain, because receive takes the oldest that fits. All operations take
 * constant time on average, whatever the number of messages (times the number of tags asked for).
 */
export class Mailbox {
  #slots: (Message | undefined)[] = [];
  #head = 0;
  #tail = 0;
  #size = 0;
  #chains: Map<bigint, TagChain> | undefined = undefined;
  #emptyChains = 0;
  /** Slot → position of the next message with the same tag; only meaningful while there is an index. */
  #next: number[] = [];
  readonly #meter: MailMeter;

  /** @param meter of its environment */
  constructor(meter = new MailMeter()) {
    this.#meter = meter;
  }

  get size(): number {
    return this.#size;
  }

  /** Slots allocated, for memory figures. */
  get capacity(): number {
    return this.#slots.length;
  }

  push(message: Message): void {
    if (this.#tail - this.#head === this.#slots.length) this.#pack();
    const position = this.#tail++;
    this.#slots[position & (this.#slots.length - 1)] = message;
    this.#size++;
    if (this.#chains !== undefined) this.#addToChain(this.#chains, message, position);
    this.#meter.add(message);
  }

  /**
   * Removes the oldest message whose tag is in `tags`, or the oldest of all if `tags` is undefined. A message without
   * a tag is in no list, and 0n in a list fits nothing (host ABI ch. 6).
   */
  take(tags: readonly bigint[] | undefined): Message | undefined {
    if (this.#size === 0) return undefined;
    const position = tags === undefined ? this.#head : this.#find(tags);
    return position === END ? undefined : this.#remove(position);
  }

  /** Oldest first, for inspection; nothing is removed. */
  *[Symbol.iterator](): Generator<Message> {
    for (let position = this.#head; position < this.#tail; position++) {
      const message = this.#slots[position & (this.#slots.length - 1)];
      if (message !== undefined) yield message;
    }
  }

  clear(): void {
    if (this.#slots.length === 0) return;
    for (const message of this) this.#meter.remove(message);
    this.#slots = [];
    this.#reset();
  }

  #reset(): void {
    this.#head = 0;
    this.#tail = 0;
    this.#size = 0;
    if (this.#chains !== undefined) {
      this.#chains = undefined;
      this.#next = [];
    }
    if (this.#slots.length > LARGEST_IDLE_CAPACITY) this.#slots = [];
  }

  #find(tags: readonly bigint[]): number {
    if (this.#chains === undefined) {
      const mask = this.#slots.length - 1;
      const scanEnd = Math.min(this.#tail, this.#head + LONGEST_SCAN);
      for (let position = this.#head; position < scanEnd; position++) {
        const message = this.#slots[position & mask];
        if (message !== undefined && fits(message, tags)) return position;
      }
      if (scanEnd === this.#tail) return END;
      this.#buildChains();
    }
    let oldest = END;
    for (const tag of tags) {
      const first = this.#chains?.get(tag)?.first ?? END;
      if (first !== END && (oldest === END || first < oldest)) oldest = first;
    }
    return oldest;
  }

  #remove(position: number): Message {
    const slot = position & (this.#slots.length - 1);
    const message = this.#slots[slot]!;
    this.#slots[slot] = undefined;
    this.#size--;
    this.#meter.remove(message);
    if (this.#size === 0) {
      this.#reset();
      return message;
    }
    if (this.#chains !== undefined) this.#removeFromChain(this.#chains, message, slot);
    this.#skipHolesAtEnds();
    return message;
  }

  #skipHolesAtEnds(): void {
    const mask = this.#slots.length - 1;
    while (this.#slots[this.#head & mask] === undefined) this.#head++;
    while (this.#slots[(this.#tail - 1) & mask] === undefined) this.#tail--;
  }

  #addToChain(chains: Map<bigint, TagChain>, message: Message, position: number): void {
    const tag = tagOf(message);
    if (tag === 0n) return;
    const mask = this.#slots.length - 1;
    this.#next[position & mask] = END;
    const chain = chains.get(tag);
    if (chain === undefined) {
      chains.set(tag, { first: position, last: position });
    } else if (chain.first === END) {
      this.#emptyChains--;
      chain.first = position;
      chain.last = position;
    } else {
      this.#next[chain.last & mask] = position;
      chain.last = position;
    }
  }

  #removeFromChain(chains: Map<bigint, TagChain>, message: Message, slot: number): void {
    const tag = tagOf(message);
    if (tag === 0n) return;
    const chain = chains.get(tag)!;
    chain.first = this.#next[slot]!;
    if (chain.first !== END) return;
    // Not deleted: in a large Map of V8, setting and deleting one key again and again leaves a trail of holes in its
    // bucket that every look-up walks along (0.2 ms each after 20,000 times, Node 20).
    if (++this.#emptyChains > SPARE_CHAINS + chains.size / 2) this.#dropEmptyChains(chains);
  }

  #dropEmptyChains(chains: Map<bigint, TagChain>): void {
    this.#chains = new Map([...chains].filter(([, chain]) => chain.first !== END));
    this.#emptyChains = 0;
  }

  #buildChains(): void {
    const chains = new Map<bigint, TagChain>();
    this.#emptyChains = 0;
    this.#next = new Array<number>(this.#slots.length).fill(END);
    const mask = this.#slots.length - 1;
    for (let position = this.#head; position < this.#tail; position++) {
      const message = this.#slots[position & mask];
      if (message !== undefined) this.#addToChain(chains, message, position);
    }
    this.#chains = chains;
  }

  /** Makes room: moves the messages together, into a larger array unless at least half of the slots are holes. */
  #pack(): void {
    const slots = this.#slots;
    const isMostlyHoles = this.#size * 2 <= slots.length;
    const capacity = Math.max(SMALLEST_CAPACITY, isMostlyHoles ? slots.length : slots.length * 2);
    const packed = new Array<Message | undefined>(capacity).fill(undefined);
    let size = 0;
    for (let position = this.#head; position < this.#tail; position++) {
      const message = slots[position & (slots.length - 1)];
      if (message !== undefined) packed[size++] = message;
    }
    this.#slots = packed;
    this.#head = 0;
    this.#tail = size;
    if (this.#chains !== undefined) this.#buildChains();
  }
}

/** @returns 0n for a message without tag; a process-died message never has one */
export function tagOf(message: Message): bigint {
  return message.kind === "processDied" ? 0n : message.tag;
}

/** Payload in bytes; notices have none. */
export function sizeOf(message: Message): number {
  return message.kind === "data" ? message.length : 0;
}

/** Whether a receive for `tags` takes this message; undefined = any. */
export function fits(message: Message, tags: readonly bigint[] | undefined): boolean {
  if (tags === undefined) return true;
  const tag = tagOf(message);
  return tag !== 0n && tags.includes(tag);
}
