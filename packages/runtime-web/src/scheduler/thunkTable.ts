/** What a fiber calls for a job: takes the address of the control block of the process. */
export type Thunk = (controlBlock: number) => void;

const GROW_STEP = 256;

/** Slots of the fiber driver's function table. A slot is what `poll` and `next` of driver.wat return. */
export class ThunkTable {
  readonly #table: WebAssembly.Table;
  readonly #free: number[] = [];
  #used = 0;

  constructor(table: WebAssembly.Table) {
    this.#table = table;
  }

  put(thunk: Thunk): number {
    const slot = this.#free.pop() ?? this.#used++;
    if (slot >= this.#table.length) this.#table.grow(GROW_STEP);
    this.#table.set(slot, thunk);
    return slot;
  }

  release(slot: number): void {
    this.#table.set(slot, null);
    this.#free.push(slot);
  }
}
