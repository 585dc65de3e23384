/** News of a busy executor are sent at most so often, milliseconds: once a turn. */
const INTERVAL_MS = 8;

/** Decides when to tell the other executors how much there is to do here, where they share no memory to look at. */
export class LoadNews {
  readonly #nowMs: () => number;
  readonly #tell: (runnable: number) => void;
  #told = 0;
  #toldAtMs = Number.NEGATIVE_INFINITY;
  #isAwaited = false;

  constructor(nowMs: () => number, tell: (runnable: number) => void) {
    this.#nowMs = nowMs;
    this.#tell = tell;
  }

  /** Somebody gave this executor a process and counts it as busy from now on, until it says what it has to do. */
  awaited(): void {
    this.#isAwaited = true;
  }

  /** @param runnable processes that could run now; an executor at rest publishes 0 */
  publish(runnable: number): void {
    if (runnable === this.#told && !this.#isAwaited) return;
    const nowMs = this.#nowMs();
    // That it has nothing to do is always told: the others give it work only then. It cannot be told more often than the
    // opposite.
    if (runnable > 0 && nowMs - this.#toldAtMs < INTERVAL_MS) return;
    this.#told = runnable;
    this.#toldAtMs = nowMs;
    this.#isAwaited = false;
    this.#tell(runnable);
  }
}
