/** Failed processes remembered at once; a program that panics in a loop must not grow the observer. */
const MAX_VACANCIES = 4_096;

/**
 * Places that a failed process left and that its parent may fill again: what makes a spawn a restart. Each failure is
 * followed by one successor at most, so ten workers of which one fails and comes back show one restart, not ten.
 */
export class Vacancies {
  /** Parent and entry function to the restarts of those that failed there, the latest last. Oldest places first. */
  readonly #places: Map<string, number[]>;
  #count: number;

  constructor(from?: Iterable<readonly [place: string, failed: readonly number[]]>) {
    this.#places = new Map();
    this.#count = 0;
    for (const [place, failed] of from ?? []) {
      this.#places.set(place, [...failed]);
      this.#count += failed.length;
    }
  }

  /** All places, to make another of them. */
  [Symbol.iterator](): Iterator<readonly [place: string, failed: readonly number[]]> {
    return this.#places.entries();
  }

  /** @param restarts of the process that failed */
  leave(parent: number, label: string, restarts: number): void {
    const place = `${parent} ${label}`;
    const failed = this.#places.get(place);
    if (failed) failed.push(restarts);
    else this.#places.set(place, [restarts]);
    if (++this.#count <= MAX_VACANCIES) return;
    const [oldest, dropped] = this.#places.entries().next().value!;
    dropped.shift();
    this.#count--;
    if (dropped.length === 0) this.#places.delete(oldest);
  }

  /** @returns the restarts of a process that is spawned there now */
  take(parent: number, label: string): number {
    const place = `${parent} ${label}`;
    const failed = this.#places.get(place);
    const restarts = failed?.pop();
    if (restarts === undefined) return 0;
    this.#count--;
    if (failed!.length === 0) this.#places.delete(place);
    return restarts + 1;
  }
}
