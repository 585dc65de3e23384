/** Counts the processes that were stopped and whose stacks still exist. */
export class Unwinding {
  #count = 0;
  readonly #waiting: (() => void)[] = [];

  begin(): void {
    this.#count++;
  }

  end(): void {
    this.#count--;
    if (this.#count === 0) for (const callback of this.#waiting.splice(0)) callback();
  }

  /** Calls back when there is none, maybe at once. */
  whenOver(callback: () => void): void {
    if (this.#count === 0) callback();
    else this.#waiting.push(callback);
  }
}
