import { LOAD_CELLS_AT } from "../protocol/settings.ts";
import { placeProcess } from "../scheduler/policy.ts";
import type { LoadNews } from "./loadNews.ts";

/** The load of an executor that is lost, or that an environment does not use. */
const NEVER_IDLE = 2 ** 30;

/**
 * Where the executors of a runtime tell each other how much they have to do. Plain stores: a stale number costs little.
 * Without shared memory each has a board of its own, kept up by news (LoadNews).
 */
export class PlacementBoard {
  readonly #cells: Int32Array;
  readonly own: number;
  readonly #runnable: number[];
  readonly #news: LoadNews | undefined;

  /** @param news undefined if the cells are shared */
  constructor(cells: Int32Array, own: number, executors: number, news: LoadNews | undefined) {
    this.#news = news;
    this.#cells = cells;
    this.own = own;
    this.#runnable = new Array<number>(executors).fill(0);
  }

  publish(runnable: number): void {
    this.#cells[LOAD_CELLS_AT + this.own] = runnable;
    this.#news?.publish(runnable);
  }

  /** News of another executor. */
  heard(executor: number, runnable: number): void {
    this.#cells[LOAD_CELLS_AT + executor] = runnable;
  }

  /** Another executor gave this one a process. */
  gotWork(): void {
    this.#news?.awaited();
  }

  /** It gets no work any more. */
  executorLost(executor: number): void {
    Atomics.store(this.#cells, LOAD_CELLS_AT + executor, NEVER_IDLE);
  }

  /**
   * Index of the executor a new process goes to.
   * @param runnable how many there are here now
   * @param among executors that its environment may use; undefined: all
   */
  choose(runnable: number, among: readonly number[] | undefined): number {
    if (this.#runnable.length === 1) return this.own;
    const chosen = placeProcess(this.loads(runnable, among), this.own);
    if (chosen !== this.own) this.addRunnable(chosen);
    return chosen;
  }

  /**
   * Per executor, how many processes could run there.
   * @param runnable how many there are here now
   * @param among as for `choose`: the others look as if they were never idle
   * @returns valid until the next call
   */
  loads(runnable: number, among: readonly number[] | undefined): readonly number[] {
    const all = this.#runnable;
    for (let index = 0; index < all.length; index++) {
      const isOpen = among === undefined || among.includes(index);
      all[index] = isOpen ? this.#cells[LOAD_CELLS_AT + index]! : NEVER_IDLE;
    }
    all[this.own] = runnable;
    return all;
  }

  /** Whether a process would have fewer beside it elsewhere: a quick look before anything is listed. */
  hasLessLoaded(runnable: number): boolean {
    for (let index = 0; index < this.#runnable.length; index++) {
      if (index !== this.own && this.#cells[LOAD_CELLS_AT + index]! + 1 < runnable) return true;
    }
    return false;
  }

  /** A process is on its way to `executor`, which will count it itself at its next turn. */
  addRunnable(executor: number): void {
    Atomics.add(this.#cells, LOAD_CELLS_AT + executor, 1);
  }
}
