import type { SequenceSource } from "./recorder.ts";

/**
 * The sequence of a run whose executors share no memory: a Lamport clock. Numbers are different on all executors, and
 * what an envelope brings about has a higher one than everything its sender had seen; between events that know nothing of
 * each other the order says nothing.
 */
export class CausalSequence implements SequenceSource {
  readonly #own: number;
  readonly #executors: number;
  /** Number n of executor e is n * executors + e. */
  #count = 0;

  constructor(own: number, executors: number) {
    this.#own = own;
    this.#executors = executors;
  }

  /** The newest number given out or heard of; travels with each envelope. */
  get last(): number {
    return this.#count * this.#executors + this.#own;
  }

  next(): number {
    this.#count++;
    // Numbers of records have 32 bits.
    return this.last >>> 0;
  }

  /** @param last of the sender of an envelope */
  witness(last: number): void {
    this.#count = Math.max(this.#count, Math.floor(last / this.#executors));
  }
}
