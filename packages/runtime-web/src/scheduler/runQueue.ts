/**
 * First in, first out, with a front door for what must run before guest code (unwinding a killed process, the way
 * into and out of trap::catch). A ring of a power of two; no allocation while it does not grow.
 */
export class RunQueue<T> {
  #slots: (T | undefined)[] = new Array(64);
  #head = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(item: T): void {
    if (this.#length === this.#slots.length) this.#grow();
    this.#slots[(this.#head + this.#length) & (this.#slots.length - 1)] = item;
    this.#length++;
  }

  pushFront(item: T): void {
    if (this.#length === this.#slots.length) this.#grow();
    this.#head = (this.#head - 1) & (this.#slots.length - 1);
    this.#slots[this.#head] = item;
    this.#length++;
  }

  shift(): T | undefined {
    if (this.#length === 0) return undefined;
    const item = this.#slots[this.#head];
    this.#slots[this.#head] = undefined;
    this.#head = (this.#head + 1) & (this.#slots.length - 1);
    this.#length--;
    return item;
  }

  /** Takes out the items that `isWanted`; the others keep their order. Costs a look at every item. */
  takeAll(isWanted: (item: T) => boolean): T[] {
    const taken: T[] = [];
    for (let waiting = this.#length; waiting > 0; waiting--) {
      const item = this.shift()!;
      if (isWanted(item)) taken.push(item);
      else this.push(item);
    }
    return taken;
  }

  /** What waits, first in line first. The queue must not change meanwhile. */
  *[Symbol.iterator](): Generator<T> {
    for (let i = 0; i < this.#length; i++) yield this.#slots[(this.#head + i) & (this.#slots.length - 1)]!;
  }

  #grow(): void {
    const old = this.#slots;
    const slots = new Array<T | undefined>(old.length * 2);
    for (let i = 0; i < this.#length; i++) slots[i] = old[(this.#head + i) & (old.length - 1)];
    this.#slots = slots;
    this.#head = 0;
  }
}
