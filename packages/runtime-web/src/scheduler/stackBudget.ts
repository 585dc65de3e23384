/**
 * How many JSPI stacks a renderer bears. Chromium 156 dies at 21,650 suspended stacks however many workers they are
 * spread over (3 kernel mappings each; a real program's tab died at 19,009), Firefox 153 between 8,174 and 16,000
 * (4 mappings each). Measured by bench/liveProcesses.
 */
export const DEFAULT_STACKS = { chromium: 12_000, firefox: 6_000, other: 4_000 } as const;

/**
 * A stack destroyed by a real trap leaks about one mapping for the renderer's life (the pool of V8 keeps about 520
 * for reuse), and three live ones cost three each: 3 * live + destroyed must stay below about 64,000 in Chromium.
 */
const MAPPINGS_BEFORE_REFUSAL = 60_000;

/** Stacks beyond the limit for bodies of trap::catch. */
const CATCH_RESERVE = 256;

const LIVE = 0;
const DESTROYED = 1;

/** 32-bit cells that a StackBudget needs; in a SharedArrayBuffer when several executors share the budget. */
export const STACK_BUDGET_CELLS = 2;

/**
 * Counts the stacks of a whole runtime: all executors of a tab live in one renderer and share its limits.
 * Any executor may call; every method is atomic.
 */
export class StackBudget {
  readonly #cells: Int32Array;
  readonly #limit: number;
  readonly #mappings: number;
  #own = 0;
  #ownDestroyed = 0;

  /**
   * @param cells STACK_BUDGET_CELLS zeros, shared or not
   * @param limit of the runtime
   * @param parts how many executors count for themselves, because they share no memory: each gets an equal part
   */
  constructor(cells: Int32Array, limit: number, parts = 1) {
    this.#cells = cells;
    this.#limit = Math.max(1, Math.floor(limit / parts));
    this.#mappings = MAPPINGS_BEFORE_REFUSAL / parts;
  }

  get live(): number {
    return Atomics.load(this.#cells, LIVE);
  }

  get destroyed(): number {
    return Atomics.load(this.#cells, DESTROYED);
  }

  /** Stacks that were claimed here and not given back. */
  get own(): number {
    return this.#own;
  }

  /** Stacks of here that traps tore down. */
  get ownDestroyed(): number {
    return this.#ownDestroyed;
  }

  /** Claims one stack. False: the engine would not bear it; wait until one is given back. */
  tryAcquire(forCatch = false): boolean {
    const live = Atomics.add(this.#cells, LIVE, 1) + 1;
    const limit = this.#limit + (forCatch ? CATCH_RESERVE : 0);
    if (live <= limit && 3 * live + this.destroyed < this.#mappings) {
      this.#own++;
      return true;
    }
    Atomics.sub(this.#cells, LIVE, 1);
    return false;
  }

  /** A stack that ended by returning: the engine can use it again. */
  release(): void {
    this.#own--;
    Atomics.sub(this.#cells, LIVE, 1);
  }

  /** A stack that a real trap tore down. */
  releaseDestroyed(): void {
    this.#own--;
    this.#ownDestroyed++;
    Atomics.sub(this.#cells, LIVE, 1);
    Atomics.add(this.#cells, DESTROYED, 1);
  }
}
