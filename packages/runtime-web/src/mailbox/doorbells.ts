const AWAKE = 0;
const SLEEPING = 1;

/** @returns memory for one bell per executor: | bell 0 i32 | bell 1 i32 | … */
export function createBells(executors: number): SharedArrayBuffer {
  return new SharedArrayBuffer(executors * Int32Array.BYTES_PER_ELEMENT);
}

/**
 * How executors wake each other: one word per executor, on which it waits for all its peers at once.
 *
 * A receiver writes SLEEPING and then looks into its rings; a sender writes its ring and then looks at the word. Both
 * are sequentially consistent, so one of them sees the other and no wake-up is lost. Whoever turns SLEEPING into AWAKE
 * notifies; the next senders find AWAKE and pay one atomic load.
 */
export class Doorbells {
  readonly #bells: Int32Array<SharedArrayBuffer>;
  readonly #own: number;
  #isClosed = false;

  constructor(buffer: SharedArrayBuffer, own: number) {
    this.#bells = new Int32Array(buffer);
    this.#own = own;
  }

  /** Wakes an executor if it waits. Any executor may call it. */
  ring(executor: number): void {
    if (Atomics.load(this.#bells, executor) !== SLEEPING) return;
    if (Atomics.compareExchange(this.#bells, executor, SLEEPING, AWAKE) !== SLEEPING) return;
    Atomics.notify(this.#bells, executor);
  }

  /**
   * From now on calls `woken` in a task of its own whenever this executor's bell is rung, and once at the start; it has
   * to look into all rings each time. Owner only, once.
   */
  listen(woken: () => void): void {
    if (this.#isClosed) return;
    Atomics.store(this.#bells, this.#own, SLEEPING);
    // After the store: what was posted before it did not ring.
    woken();
    const wait = Atomics.waitAsync(this.#bells, this.#own, SLEEPING);
    if (wait.async) void wait.value.then(() => this.listen(woken));
    else void Promise.resolve().then(() => this.listen(woken));
  }

  /** The owner looks into its rings by itself until `unmute`, so nobody has to ring, which costs some µs. */
  mute(): void {
    Atomics.store(this.#bells, this.#own, AWAKE);
  }

  /** Look into the rings once more afterwards: what came before did not ring. */
  unmute(): void {
    if (!this.#isClosed) Atomics.store(this.#bells, this.#own, SLEEPING);
  }

  /**
   * Stops the whole thread, which no browser allows a page's, until somebody rings or the time is over. Between mute and
   * unmute.
   * @param look looks into the rings; true: something has come, so there is nothing to sleep for
   */
  sleep(look: () => boolean, timeoutMs: number): void {
    Atomics.store(this.#bells, this.#own, SLEEPING);
    // After the store: what came before it did not ring.
    if (!this.#isClosed && !look()) Atomics.wait(this.#bells, this.#own, SLEEPING, timeoutMs);
    this.mute();
  }

  /** Ends listening. */
  close(): void {
    this.#isClosed = true;
    Atomics.store(this.#bells, this.#own, AWAKE);
    Atomics.notify(this.#bells, this.#own);
  }
}
