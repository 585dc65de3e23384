import { HEADER } from "./layout.ts";

/** Tries before a thread goes to sleep: most operations take less than a microsecond or two. */
const SPINS = 200;
/** A sleeper looks this often whether the one it waits for is gone, milliseconds. */
const PATIENCE_MS = 20;
const WAITED_FOR = 0x100;

/**
 * One at a time. The word holds who is in (1 and up; 0: nobody), and whether others sleep.
 *
 * A worker may be ended while it is in. Its end is told by `ownerLost`, when it has surely run its last instruction;
 * then the next one who wants in takes the lock from the dead, and what was half done is undone (`TreeMemory`).
 */
export class TreeLock {
  readonly #words: Int32Array;
  readonly #owner: number;
  readonly #canWait: boolean;

  /** @param owner from 0 to 95, different for each thread */
  constructor(words: Int32Array, owner: number, canWait: boolean) {
    this.#words = words;
    this.#owner = owner + 1;
    this.#canWait = canWait;
  }

  /** @returns true: it was taken from one that is gone */
  acquire(): boolean {
    const words = this.#words;
    if (Atomics.compareExchange(words, HEADER.lock, 0, this.#owner) === 0) return false;
    if (!this.#canWait) throw new Error("A tree that is not shared was entered by two");
    for (let i = 0; i < SPINS; i++) {
      if (Atomics.load(words, HEADER.lock) !== 0) continue;
      if (Atomics.compareExchange(words, HEADER.lock, 0, this.#owner) === 0) return false;
    }
    return this.#sleep();
  }

  release(): void {
    if (Atomics.exchange(this.#words, HEADER.lock, 0) >= WAITED_FOR)
      Atomics.notify(this.#words, HEADER.lock, 1);
  }

  #sleep(): boolean {
    const words = this.#words;
    // Whoever has slept cannot know whether others do still.
    const taken = this.#owner | WAITED_FOR;
    for (;;) {
      const found = Atomics.load(words, HEADER.lock);
      if (found === 0) {
        if (Atomics.compareExchange(words, HEADER.lock, 0, taken) === 0) return false;
        continue;
      }
      if (isLost(words, (found & ~WAITED_FOR) - 1)) {
        if (Atomics.compareExchange(words, HEADER.lock, found, taken) === found) return true;
        continue;
      }
      const awaited = found | WAITED_FOR;
      if (found === awaited || Atomics.compareExchange(words, HEADER.lock, found, awaited) === found)
        Atomics.wait(words, HEADER.lock, awaited, PATIENCE_MS);
    }
  }
}

function isLost(words: Int32Array, owner: number): boolean {
  return (Atomics.load(words, HEADER.lost + (owner >> 5)) & (1 << (owner & 31))) !== 0;
}

/**
 * A thread is gone: it has run its last instruction, and will never enter again. Never waits, so that the thread of the
 * hub can say it.
 */
export function ownerLost(buffer: SharedArrayBuffer, owner: number): void {
  const words = new Int32Array(buffer, 0, HEADER.openings);
  Atomics.or(words, HEADER.lost + (owner >> 5), 1 << (owner & 31));
  Atomics.notify(words, HEADER.lock);
}
