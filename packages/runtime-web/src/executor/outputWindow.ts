/** UTF-16 units of output that may be on their way to the page; an executor's events and answers wait behind them. */
export const OUTPUT_WINDOW = 1 << 19;

/**
 * How much of an environment's output the page has not taken yet. A message port takes all that it is given: without
 * this a guest that prints for ever would fill the memory of the page with what is still to be shown, and everything else
 * that the executor tells the page would come after it.
 */
export class OutputWindow {
  #outstanding = 0;
  readonly #waiting = new Set<() => void>();

  get isFull(): boolean {
    return this.#outstanding >= OUTPUT_WINDOW;
  }

  /** So much more is under way. */
  add(length: number): void {
    this.#outstanding += length;
  }

  /** The page has taken so much. Calls those that wait, the longest waiting first, as long as there is room. */
  taken(length: number): void {
    this.#outstanding -= length;
    for (const listener of this.#waiting) {
      if (this.isFull) break;
      this.#waiting.delete(listener);
      listener();
    }
  }

  /** `listener` is called once, when there is room. Returns what stops waiting. */
  whenRoom(listener: () => void): () => void {
    this.#waiting.add(listener);
    return () => this.#waiting.delete(listener);
  }
}
