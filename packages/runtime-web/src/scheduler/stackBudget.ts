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

/** What a stack takes of them, suspended. */
const MAPPINGS_PER_STACK = 3;

/** The stacks of one executor, as far as others may have of them. */
export interface StackPool {
  /** Stacks without a process. */
  readonly idleCount: number;
  /** Ends idle stacks, in a moment. @returns how many, at most `count` */
  giveBack(count: number): number;
  /** Makes idle stacks. @returns how many, at most `count` and what the budget has */
  provide(count: number): number;
}

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
  readonly #isDivided: boolean;
  /** Not lent: so many processes can start here whatever others do. */
  readonly reserve: number;
  #limit: number;
  #mappings: number;
  #own = 0;
  #ownDestroyed = 0;
  #pool: StackPool | undefined;

  /**
   * @param cells STACK_BUDGET_CELLS zeros, shared or not
   * @param limit of the runtime
   * @param parts how many executors count for themselves, because they share no memory: each begins with an equal part,
   *   and they lend each other what they do not need
   */
  constructor(cells: Int32Array, limit: number, parts = 1) {
    this.#cells = cells;
    this.#isDivided = parts > 1;
    this.#limit = Math.max(1, Math.floor(limit / parts));
    this.reserve = this.#isDivided ? Math.floor(this.#limit / 4) : 0;
    this.#mappings = MAPPINGS_BEFORE_REFUSAL / parts;
  }

  get live(): number {
    return Atomics.load(this.#cells, LIVE);
  }

  get destroyed(): number {
    return Atomics.load(this.#cells, DESTROYED);
  }

  /** Whose stacks it counts. */
  get pool(): StackPool | undefined {
    return this.#pool;
  }

  set pool(pool: StackPool) {
    this.#pool = pool;
  }

  /** How many more could be claimed now. */
  get spare(): number {
    const { live, destroyed } = this;
    const byMappings = Math.ceil((this.#mappings - destroyed) / MAPPINGS_PER_STACK) - 1 - live;
    return Math.max(0, Math.min(this.#limit - live, byMappings));
  }

  /** From now on another executor has so many of this one's part. Nothing to do where all count in one place. */
  lend(count: number): void {
    if (!this.#isDivided) return;
    this.#limit -= count;
    this.#mappings -= count * MAPPINGS_PER_STACK;
  }

  /** The other side of `lend`. */
  borrow(count: number): void {
    this.lend(-count);
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
    if (live <= limit && MAPPINGS_PER_STACK * live + this.destroyed < this.#mappings) {
      this.#own++;
      return true;
    }
    Atomics.sub(this.#cells, LIVE, 1);
    return false;
  }

  /** A stack that has ended, by a trap or because it was given back: the engine reuses only some of these. */
  releaseDestroyed(): void {
    this.#own--;
    this.#ownDestroyed++;
    Atomics.sub(this.#cells, LIVE, 1);
    Atomics.add(this.#cells, DESTROYED, 1);
  }
}
