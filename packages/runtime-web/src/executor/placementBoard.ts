import { LOAD_CELLS, LOAD_CELLS_AT } from "../protocol/settings.ts";
import { type Load, placeProcess } from "../scheduler/policy.ts";

/** Where the executors of a runtime tell each other how much they have to do. Plain stores: a stale number costs little. */
export class PlacementBoard {
  readonly #cells: Int32Array;
  readonly #own: number;
  readonly #loads: Load[];

  constructor(cells: Int32Array, own: number, executors: number) {
    this.#cells = cells;
    this.#own = own;
    this.#loads = Array.from({ length: executors }, () => ({ runnable: 0, live: 0 }));
  }

  publish(runnable: number, live: number): void {
    const at = LOAD_CELLS_AT + this.#own * LOAD_CELLS;
    this.#cells[at] = runnable;
    this.#cells[at + 1] = live;
  }

  /** Index of the executor a new process goes to. @param runnable how many there are here now */
  choose(runnable: number): number {
    const loads = this.#loads;
    if (loads.length === 1) return this.#own;
    for (let index = 0; index < loads.length; index++) {
      const at = LOAD_CELLS_AT + index * LOAD_CELLS;
      loads[index]!.runnable = index === this.#own ? runnable : this.#cells[at]!;
      loads[index]!.live = this.#cells[at + 1]!;
    }
    const chosen = placeProcess(loads, this.#own);
    if (chosen !== this.#own) this.addRunnable(chosen);
    return chosen;
  }

  /** The others that have nothing to run. */
  idleExecutors(): number[] {
    const idle: number[] = [];
    for (let index = 0; index < this.#loads.length; index++) {
      if (index === this.#own) continue;
      if (Atomics.load(this.#cells, LOAD_CELLS_AT + index * LOAD_CELLS) === 0) idle.push(index);
    }
    return idle;
  }

  /** A process is on its way to `executor`, which will count it itself at its next turn. */
  addRunnable(executor: number): void {
    Atomics.add(this.#cells, LOAD_CELLS_AT + executor * LOAD_CELLS, 1);
  }
}
