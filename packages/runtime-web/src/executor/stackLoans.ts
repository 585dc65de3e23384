import type { LoanWord } from "../protocol/loanFrame.ts";
import type { StackBudget } from "../scheduler/stackBudget.ts";

/** The most stacks that are asked for at once: an executor that is given too many keeps them idle. */
const MOST_AT_ONCE = 512;

export interface StackLoansOptions {
  readonly budget: StackBudget;
  /** Indices of the other executors. */
  readonly others: Iterable<number>;
  /** How many processes wait for a stack. */
  waiting(): number;
  tell(executor: number, word: LoanWord): void;
  /** Nothing runs here, and nothing will by itself. */
  isResting(): boolean;
  /** No executor has a stack to give, and nothing here will end and leave its own. Told once until some can start again. */
  stalled(waiting: number): void;
}

/**
 * Lets executors give each other suspended stacks. Those that have ended processes keep their stacks for the next ones, and
 * where nothing is shared each begins with an equal part of the budget: without this, processes of one executor would wait
 * for stacks that another does not use.
 *
 * Who has processes that wait tells the others how many, and again at every tick while it is so. Each answers with half of
 * what it can spare, rounded up: unused parts of the budget first, then idle stacks, which it ends. What is given is
 * gone from the giver's budget before it is told, so that all together never have more than the engine bears. Of a part
 * of its own an executor keeps a quarter, or a flood of processes elsewhere would leave it none.
 */
export class StackLoans {
  readonly #options: StackLoansOptions;
  readonly #others: Set<number>;
  /** Who has not answered the last wish. */
  readonly #asked = new Set<number>();
  #hasBeenGiven = false;
  #hasToldStall = false;

  constructor(options: StackLoansOptions) {
    this.#options = options;
    this.#others = new Set(options.others);
  }

  /** To be called now and then: asks for stacks if there are too few. */
  tick(): void {
    if (this.#asked.size > 0) return;
    const count = Math.min(this.#options.waiting(), MOST_AT_ONCE);
    if (count === 0) {
      this.#hasToldStall = false;
      return;
    }
    this.#hasBeenGiven = false;
    if (this.#others.size === 0) this.#tellStall();
    for (const other of this.#others) {
      this.#asked.add(other);
      this.#options.tell(other, { kind: "wish", count });
    }
  }

  receive(from: number, { kind, count }: LoanWord): void {
    if (kind === "wish") this.#options.tell(from, { kind: "gift", count: this.#give(count) });
    else this.#given(from, count);
  }

  /** What it had is not given to others: an engine may still hold it. */
  executorLost(index: number): void {
    this.#others.delete(index);
    if (this.#asked.has(index)) this.#given(index, 0);
  }

  #give(wanted: number): number {
    const { budget, waiting } = this.#options;
    if (waiting() > 0) return 0;
    const { spare, reserve } = budget;
    const available = Math.max(0, spare + budget.pool!.idleCount - reserve);
    const given = Math.min(wanted, Math.ceil(available / 2));
    const ended = given > spare ? budget.pool!.giveBack(given - spare) : 0;
    const total = Math.min(given, spare + ended);
    budget.lend(total);
    return total;
  }

  #given(from: number, count: number): void {
    const { budget } = this.#options;
    this.#asked.delete(from);
    if (count > 0) {
      this.#hasBeenGiven = true;
      this.#hasToldStall = false;
      budget.borrow(count);
      // Words come in a turn, or just before one: it starts the processes that wait. If stacks that another has given back
      // have not ended yet, none can be made, and the next tick asks again.
      budget.pool!.provide(count);
    }
    if (this.#asked.size === 0 && !this.#hasBeenGiven) this.#tellStall();
  }

  #tellStall(): void {
    const { isResting, stalled, waiting } = this.#options;
    if (this.#hasToldStall || !isResting()) return;
    this.#hasToldStall = true;
    stalled(waiting());
  }
}
