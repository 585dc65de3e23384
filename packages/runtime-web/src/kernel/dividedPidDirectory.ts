import type { ExecutorIndex, Pid } from "./ids.ts";
import type { PidDirectory } from "./pidDirectory.ts";

/** Pids are dealt out to executors in blocks of this many: small enough that pids stay short, and readable. */
const BLOCK_PIDS = 1024;

interface Place {
  readonly executor: ExecutorIndex;
  readonly by: ExecutorIndex;
}

/**
 * The directory of an environment whose executors share no memory; every executor has one of its own.
 *
 *     pid      1 … 1023      1024 … 2047    2048 … 3071   …
 *     of       home          home + 1       home + 2      …   (modulo the number of executors)
 *
 * So a pid tells by itself on which executor it was given out: its birthplace. That one always knows where the process
 * lives, because it placed it there and is told of its end (a "gone" envelope). To everybody else a living process is at
 * its birthplace, which passes on what comes for it.
 */
export class DividedPidDirectory implements PidDirectory {
  readonly #own: ExecutorIndex;
  readonly #home: ExecutorIndex;
  readonly #executors: number;
  #next: number;
  /** Living processes born here, wherever they are; those that came here; and those whose birthplace is lost. */
  readonly #places = new Map<Pid, Place>();

  /** @param own the executor this directory is on; `home` the one of the root, which gets pid 1 */
  constructor(own: ExecutorIndex, home: ExecutorIndex, executors: number) {
    this.#own = own;
    this.#home = home;
    this.#executors = executors;
    const firstBlock = (own - home + executors) % executors;
    // There is no process 0.
    this.#next = Math.max(1, firstBlock * BLOCK_PIDS);
  }

  get executors(): number {
    return this.#executors;
  }

  allocate(): Pid {
    const pid = this.#next++;
    if (this.#next % BLOCK_PIDS === 0) this.#next += (this.#executors - 1) * BLOCK_PIDS;
    return pid as Pid;
  }

  place(pid: Pid, executor: ExecutorIndex, by: ExecutorIndex): void {
    this.#places.set(pid, { executor, by });
  }

  /** As if it were there: somebody whom the process tells its pid may write to it before this executor hears of it. */
  expect(pid: Pid, executor: ExecutorIndex): void {
    this.place(pid, executor, this.#own);
  }

  locate(pid: Pid): ExecutorIndex | undefined {
    return this.#places.get(pid)?.executor ?? this.authority(pid);
  }

  authority(pid: Pid): ExecutorIndex | undefined {
    const place = this.#places.get(pid);
    const birthplace = this.birthplace(pid);
    if (birthplace === this.#own || place?.executor === this.#own) return undefined;
    return place === undefined ? birthplace : place.executor;
  }

  /** The executor that gave the pid out; undefined for what is no pid. */
  birthplace(pid: Pid): ExecutorIndex | undefined {
    if (!(pid >= 1)) return undefined;
    return (this.#home + Math.floor(pid / BLOCK_PIDS)) % this.#executors;
  }

  lastPlace(pid: Pid): ExecutorIndex | undefined {
    return this.locate(pid);
  }

  placedBy(pid: Pid): ExecutorIndex | undefined {
    return this.#places.get(pid)?.by;
  }

  release(pid: Pid): void {
    this.#places.delete(pid);
  }

  /** Forgets the processes born here that lived on an executor which is lost, and returns them. */
  takeAllOn(executor: ExecutorIndex): Pid[] {
    const lost: Pid[] = [];
    for (const [pid, place] of this.#places) {
      if (place.executor !== executor) continue;
      lost.push(pid);
      this.#places.delete(pid);
    }
    return lost;
  }
}
