/** UTF-16 units for which an executor gets one receipt: few enough that its window never waits for the next. */
export const RECEIPT_LENGTH = 1 << 16;

/** Tells executors how much of their output the page has taken; they let nobody write more than a window's worth ahead of it. */
export class OutputReceipts {
  readonly #tell: (executor: number, length: number) => void;
  readonly #taken: number[];

  /** @param tell posts a receipt to an executor */
  constructor(executors: number, tell: (executor: number, length: number) => void) {
    this.#tell = tell;
    this.#taken = Array.from({ length: executors }, () => 0);
  }

  /** So many UTF-16 units are taken, in the sense that more may come. */
  taken(executor: number, length: number): void {
    const taken = this.#taken[executor]! + length;
    this.#taken[executor] = taken < RECEIPT_LENGTH ? taken : 0;
    if (taken >= RECEIPT_LENGTH) this.#tell(executor, taken);
  }
}
