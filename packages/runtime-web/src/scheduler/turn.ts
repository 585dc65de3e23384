import type { Platform } from "./platform.ts";
import { SWITCHES_PER_CLOCK_READ, TURN_MS } from "./policy.ts";

/** Shares the thread between guests and the event loop: after TURN_MS of guests the event loop has its turn. */
export class Turn {
  readonly #platform: Platform;
  readonly #onNext: () => void;
  #startMs = 0;
  #switches = 0;
  #isOver = false;
  #isPosted = false;

  /** @param onNext called when the event loop has had its turn after `end` */
  constructor(platform: Platform, onNext: () => void) {
    this.#platform = platform;
    this.#onNext = onNext;
  }

  /** The next turn will begin by itself. */
  get isPosted(): boolean {
    return this.#isPosted;
  }

  begin(): void {
    this.#startMs = this.#platform.nowMs();
    this.#switches = 0;
    this.#isOver = false;
  }

  /** Called at every switch between processes; looks at the clock once in a while. */
  isOver(): boolean {
    if (this.#isOver) return true;
    if (++this.#switches < SWITCHES_PER_CLOCK_READ) return false;
    this.#switches = 0;
    return this.isOverNow();
  }

  /** Looks at the clock. */
  isOverNow(): boolean {
    if (!this.#isOver) this.#isOver = this.#platform.nowMs() - this.#startMs >= TURN_MS;
    return this.#isOver;
  }

  /** Lets the event loop run. */
  end(): void {
    this.#isOver = true;
    if (this.#isPosted) return;
    this.#isPosted = true;
    this.#platform.postMacrotask(this.#next);
  }

  readonly #next = (): void => {
    this.#isPosted = false;
    this.#onNext();
  };
}
