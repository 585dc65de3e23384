import { RunQueue } from "./runQueue.ts";

/**
 * A queue in which parties take turns: first in, first out for each, and whoever has something waiting gets every n-th
 * turn of n. Environments are the parties of an executor: a fork bomb of one, with ten thousand processes in line, takes
 * half the time from another one that has a single process, and not all but a ten-thousandth.
 */
export class FairQueue<T> {
  readonly #partyOf: (item: T) => unknown;
  readonly #lines = new Map<unknown, RunQueue<T>>();
  /**
   * The party that was served last, and its line. It is kept when it is empty: where one party is alone, its line empties
   * and fills at every turn, and a new one each time cost a third of a small process' spawn.
   */
  #latestParty: unknown = undefined;
  #latestLine: RunQueue<T> | undefined = undefined;
  /** Parties that have something waiting, in the order of their turns. */
  readonly #turns = new RunQueue<RunQueue<T>>();
  /** What goes before everything else. */
  readonly #first = new RunQueue<T>();
  #length = 0;

  constructor(partyOf: (item: T) => unknown) {
    this.#partyOf = partyOf;
  }

  get length(): number {
    return this.#length;
  }

  push(item: T): void {
    const line = this.#lineOf(item);
    if (line.length === 0) this.#turns.push(line);
    line.push(item);
    this.#length++;
  }

  pushFront(item: T): void {
    this.#first.pushFront(item);
    this.#length++;
  }

  shift(): T | undefined {
    if (this.#length === 0) return undefined;
    this.#length--;
    if (this.#first.length > 0) return this.#first.shift();
    const line = this.#turns.shift()!;
    const item = line.shift()!;
    if (line.length > 0) this.#turns.push(line);
    else if (line !== this.#latestLine) this.#lines.delete(this.#partyOf(item));
    return item;
  }

  /** Takes out the items that `isWanted`; the others keep their order. Costs a look at every item. */
  takeAll(isWanted: (item: T) => boolean): T[] {
    const items = [...this];
    this.#lines.clear();
    this.#latestParty = this.#latestLine = undefined;
    for (const queue of [this.#turns, this.#first]) while (queue.shift() !== undefined);
    this.#length = 0;
    const taken: T[] = [];
    for (const item of items) {
      if (isWanted(item)) taken.push(item);
      else this.push(item);
    }
    return taken;
  }

  /** What waits, in the order it would be taken. The queue must not change meanwhile. */
  *[Symbol.iterator](): Generator<T> {
    yield* this.#first;
    let lines = [...this.#turns].map((line) => line[Symbol.iterator]());
    while (lines.length > 0) {
      const left: Generator<T>[] = [];
      for (const line of lines) {
        const { value, done } = line.next();
        if (done === true) continue;
        yield value;
        left.push(line);
      }
      lines = left;
    }
  }

  #lineOf(item: T): RunQueue<T> {
    const party = this.#partyOf(item);
    if (this.#latestLine !== undefined) {
      if (party === this.#latestParty) return this.#latestLine;
      if (this.#latestLine.length === 0) this.#lines.delete(this.#latestParty);
    }
    let line = this.#lines.get(party);
    if (line === undefined) {
      line = new RunQueue<T>();
      this.#lines.set(party, line);
    }
    this.#latestParty = party;
    this.#latestLine = line;
    return line;
  }
}
