/** Pairs of processes kept apart; of further pairs only the messages are counted. 16,384 take 0.5 MB. */
const MOST_EDGES = 16_384;
const FIRST_EDGES = 256;

/**
 * Messages per pair of sender and receiver, counted without allocating: this runs for every message of a flood. Numbers are
 * exact; of pairs beyond the bound only their sum is.
 */
export class EdgeCounts {
  /** How many messages went by pairs that found no room. */
  others = 0;
  #size = 0;
  #from = new Float64Array(FIRST_EDGES);
  #to = new Float64Array(FIRST_EDGES);
  #count = new Float64Array(FIRST_EDGES);
  /** Open addressing: index into the columns + 1; 0 = free. Twice as many as columns have room. */
  #slots = new Int32Array(2 * FIRST_EDGES);

  /** Number of pairs. */
  get size(): number {
    return this.#size;
  }

  /** @returns whether it is the first of the pair since the last `clear`; never of one that found no room */
  add(from: number, to: number, messages: number): boolean {
    let slot = this.#slotOf(from, to);
    let entry = this.#slots[slot]!;
    if (entry === 0) {
      if (this.#size === MOST_EDGES) {
        this.others += messages;
        return false;
      }
      if (this.#size === this.#from.length) {
        this.#grow();
        slot = this.#slotOf(from, to);
      }
      entry = ++this.#size;
      this.#slots[slot] = entry;
      this.#from[entry - 1] = from;
      this.#to[entry - 1] = to;
      this.#count[entry - 1] = messages;
      return true;
    }
    this.#count[entry - 1]! += messages;
    return false;
  }

  /** The sender of a pair. @param index from 0 up to, and without, `size`; in the order of the first `add` */
  fromAt(index: number): number {
    return this.#from[index]!;
  }

  /** Its receiver. */
  toAt(index: number): number {
    return this.#to[index]!;
  }

  /** Its messages. */
  countAt(index: number): number {
    return this.#count[index]!;
  }

  clear(): void {
    this.#size = 0;
    this.others = 0;
    this.#slots.fill(0);
  }

  #slotOf(from: number, to: number): number {
    const mask = this.#slots.length - 1;
    let hash = Math.imul(from | 0, 0x9e3779b1) ^ Math.imul(to | 0, 0x85ebca6b);
    hash ^= hash >>> 15;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = this.#slots[slot]!;
      if (entry === 0 || (this.#from[entry - 1] === from && this.#to[entry - 1] === to)) return slot;
    }
  }

  #grow(): void {
    const capacity = 2 * this.#from.length;
    this.#from = larger(this.#from, capacity);
    this.#to = larger(this.#to, capacity);
    this.#count = larger(this.#count, capacity);
    this.#slots = new Int32Array(2 * capacity);
    for (let index = 0; index < this.#size; index++) {
      this.#slots[this.#slotOf(this.#from[index]!, this.#to[index]!)] = index + 1;
    }
  }
}

function larger(from: Float64Array, capacity: number): Float64Array<ArrayBuffer> {
  const to = new Float64Array(capacity);
  to.set(from);
  return to;
}
