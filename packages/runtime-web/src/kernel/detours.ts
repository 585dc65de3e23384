import type { ExecutorIndex } from "./ids.ts";

/**
 * Finds out whether messages for a process that has just arrived from another executor may still be on a detour.
 *
 * Without a shared directory all executors but its birthplace send to a process by way of its birthplace. If processes
 * here have done so before it came, their next messages must not overtake those by a local delivery. Nothing is on the way
 * if the birthplace had taken in everything of this executor when it sent the process off, which its envelope tells
 * (`heard`); else this executor's own messages for the process go on taking the detour.
 */
export class Detours {
  readonly #posted = new Map<ExecutorIndex, number>();
  readonly #heard = new Map<ExecutorIndex, number>();

  /** An envelope went to `executor`. */
  posted(executor: ExecutorIndex): void {
    this.#posted.set(executor, (this.#posted.get(executor) ?? 0) + 1);
  }

  /** An envelope of `executor` was taken in. */
  heard(executor: ExecutorIndex): void {
    this.#heard.set(executor, this.heardOf(executor) + 1);
  }

  /** How many envelopes of `executor` were taken in so far. */
  heardOf(executor: ExecutorIndex): number {
    return this.#heard.get(executor) ?? 0;
  }

  /** Whether envelopes of this executor were under way to `executor` when it had heard so many. */
  mayBeOpen(executor: ExecutorIndex, heard: number): boolean {
    return (this.#posted.get(executor) ?? 0) !== heard;
  }
}
