import type { EnvironmentId } from "../kernel/ids.ts";
import type { EnvelopeCounts } from "../protocol/pacing.ts";

/**
 * How many envelopes of each environment this executor has posted to every other and received from it. While no guest
 * runs, nothing is under way when what one has posted is what the other has received.
 */
export class EnvelopeTally {
  readonly #executors: number;
  readonly #counts = new Map<EnvironmentId, { posted: number[]; received: number[] }>();
  /** Environments are opened in order of their ids: what comes for an earlier one that is not open is late. */
  #newest = 0;

  constructor(executors: number) {
    this.#executors = executors;
  }

  opened(id: EnvironmentId): void {
    this.#of(id);
  }

  closed(id: EnvironmentId): void {
    this.#counts.delete(id);
  }

  posted(id: EnvironmentId, to: number): void {
    const counts = this.#of(id);
    if (counts !== undefined) counts.posted[to]!++;
  }

  /** Also before the environment is open here: the executor that posted it had it open. */
  received(id: EnvironmentId, from: number): void {
    const counts = this.#of(id);
    if (counts !== undefined) counts.received[from]!++;
  }

  /** A copy. */
  of(id: EnvironmentId): EnvelopeCounts {
    const counts = this.#of(id);
    return { posted: [...(counts?.posted ?? [])], received: [...(counts?.received ?? [])] };
  }

  #of(id: EnvironmentId): { posted: number[]; received: number[] } | undefined {
    let counts = this.#counts.get(id);
    if (counts === undefined && id > this.#newest) {
      this.#newest = id;
      const zeros = (): number[] => new Array<number>(this.#executors).fill(0);
      counts = { posted: zeros(), received: zeros() };
      this.#counts.set(id, counts);
    }
    return counts;
  }
}
