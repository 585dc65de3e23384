import type { Doorbells } from "../mailbox/index.ts";

/**
 * How long a ring is looked into before the thread sleeps. Longer than an idle core takes to wake up, 20 to 50 µs in a virtual
 * machine: else two threads with a core each find each other asleep for ever. 0.02 ms made a row four times as dear there.
 */
const SPIN_MS = 0.1;
/** After so many times in a row in which that was too short, the thread sleeps at once for a while. */
const MISSES = 2;
const PAUSE = 256;

/**
 * Waits a short while for what a peer is about to send, without the event loop.
 *
 * Where both threads have a core each, looking into the ring brings it in less than 1 µs. Where they share one, looking
 * is what keeps the peer from sending: a thread that sleeps at once hands the core over and gets it back 3 to 5 µs later.
 * Which of both it is changes with the load of the machine, so it is tried again and again.
 *
 * Sleep long: where a system's clock ticks every 4 ms, a sleep of up to 5 ms costs these 3 µs, one of up to 1 ms 7 and
 * one of up to 0.1 ms 19, because a timer of its own is set for it (Chromium 156 and Firefox 153 in a virtual machine).
 */
export class Lookout {
  readonly #doorbells: Doorbells;
  #misses = 0;
  #pause = 0;
  #sleptMs = 0;

  constructor(doorbells: Doorbells) {
    this.#doorbells = doorbells;
  }

  /** How long the thread has slept in the last `await`. */
  get sleptMs(): number {
    return this.#sleptMs;
  }

  /**
   * @param look looks into the rings; true: what was waited for has come
   * @param patienceMs for how long, in which this thread does nothing else
   * @returns whether it has come. Look once more if not: what came at the end has not rung
   */
  await(look: () => boolean, patienceMs: number): boolean {
    this.#sleptMs = 0;
    this.#doorbells.mute();
    const hasCome = look() || this.#spin(look) || this.#sleep(look, patienceMs);
    this.#doorbells.unmute();
    return hasCome;
  }

  #spin(look: () => boolean): boolean {
    if (this.#pause > 0) {
      this.#pause--;
      return false;
    }
    const endMs = performance.now() + SPIN_MS;
    do {
      if (look()) {
        this.#misses = 0;
        return true;
      }
    } while (performance.now() < endMs);
    if (++this.#misses === MISSES) {
      this.#misses = 0;
      this.#pause = PAUSE;
    }
    return false;
  }

  #sleep(look: () => boolean, patienceMs: number): boolean {
    const beginMs = performance.now();
    let hasCome = false;
    const lookOnce = (): boolean => {
      hasCome ||= look();
      return hasCome;
    };
    while (!hasCome && this.#sleptMs < patienceMs) {
      this.#doorbells.sleep(lookOnce, patienceMs - this.#sleptMs);
      lookOnce();
      this.#sleptMs = performance.now() - beginMs;
    }
    return hasCome;
  }
}
