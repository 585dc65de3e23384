import { beforeEach, describe, expect, test } from "vitest";
import type { LoanWord } from "../protocol/loanFrame.ts";
import { STACK_BUDGET_CELLS, StackBudget, type StackPool } from "../scheduler/stackBudget.ts";
import { StackLoans } from "./stackLoans.ts";

/** One executor as far as stacks go: its processes hold one each, and keep it, idle, when they end. */
class Executor implements StackPool {
  idleCount = 0;
  busy = 0;
  waiting = 0;
  readonly stalls: number[] = [];
  readonly budget: StackBudget;
  readonly loans: StackLoans;
  /** Stacks that end at the next microtask of a real executor. */
  ending = 0;

  constructor(budget: StackBudget, others: readonly number[], tell: (to: number, word: LoanWord) => void) {
    this.budget = budget;
    budget.pool = this;
    this.loans = new StackLoans({
      budget,
      others,
      waiting: () => this.waiting,
      tell,
      isResting: () => true,
      stalled: (waiting) => this.stalls.push(waiting),
    });
  }

  /** Stacks that the engine has. */
  get held(): number {
    return this.idleCount + this.busy + this.ending;
  }

  giveBack(count: number): number {
    const ending = Math.min(count, this.idleCount);
    this.idleCount -= ending;
    this.ending += ending;
    return ending;
  }

  provide(count: number): number {
    let made = 0;
    while (made < count && this.budget.tryAcquire()) made++;
    this.idleCount += made;
    return made;
  }

  endIdle(): void {
    for (; this.ending > 0; this.ending--) this.budget.releaseDestroyed();
  }

  spawn(count: number): void {
    for (let each = 0; each < count; each++) {
      this.waiting++;
      // Only a new process asks for a stack; those that wait are started on one that is idle.
      if (this.idleCount === 0) this.provide(1);
      this.startWaiting();
    }
  }

  end(count: number): void {
    const ended = Math.min(count, this.busy);
    this.busy -= ended;
    this.idleCount += ended;
    this.startWaiting();
  }

  startWaiting(): void {
    while (this.waiting > 0 && this.idleCount > 0) {
      this.waiting--;
      this.idleCount--;
      this.busy++;
    }
  }
}

/** Words between executors, in order from each to each, delivered when the test says so. */
class Fleet {
  readonly executors: Executor[];
  readonly #words: { from: number; to: number; word: LoanWord }[] = [];

  constructor(count: number, limit: number, isShared: boolean) {
    const shared = new Int32Array(STACK_BUDGET_CELLS);
    const indices = [...Array(count).keys()];
    this.executors = indices.map((index) => {
      const budget = isShared
        ? new StackBudget(shared, limit)
        : new StackBudget(new Int32Array(STACK_BUDGET_CELLS), limit, count);
      const others = indices.filter((other) => other !== index);
      return new Executor(budget, others, (to, word) => this.#words.push({ from: index, to, word }));
    });
  }

  get held(): number {
    return this.executors.reduce((sum, { held }) => sum + held, 0);
  }

  deliver(): boolean {
    const next = this.#words.shift();
    if (next === undefined) return false;
    const receiver = this.executors[next.to]!;
    receiver.loans.receive(next.from, next.word);
    receiver.startWaiting();
    receiver.endIdle();
    return true;
  }

  settle(rounds = 1): void {
    for (let round = 0; round < rounds; round++) {
      for (const { loans } of this.executors) loans.tick();
      while (this.deliver());
    }
  }
}

describe.each([
  // Each keeps 2 of its 10.
  ["with a part of the budget each", false, 26],
  ["with one budget for all", true, 30],
] as const)("%s", (_, isShared, most) => {
  let fleet: Fleet;
  beforeEach(() => {
    fleet = new Fleet(3, 30, isShared);
  });

  test("an executor that runs everything gets what the others do not keep", () => {
    const [one, two] = fleet.executors as [Executor, Executor];
    one.spawn(40);
    fleet.settle(10);
    expect(one.busy).toBe(most);
    two.spawn(2);
    expect(two.busy).toBe(30 - most > 0 ? 2 : 0);
  });

  test("stacks that ended processes have left go to who needs them", () => {
    const [one, two] = fleet.executors as [Executor, Executor];
    one.spawn(most);
    fleet.settle(10);
    one.end(most - 5);
    two.spawn(18);
    fleet.settle(10);
    expect([one.busy, two.busy, two.waiting]).toEqual([5, 18, 0]);
    expect(fleet.held).toBeLessThanOrEqual(30);
  });

  test("a stall is told once, when nobody has a stack to give, and again after one has gone by", () => {
    const [one, two] = fleet.executors as [Executor, Executor];
    for (const each of fleet.executors) each.spawn(10);
    two.spawn(2);
    fleet.settle(5);
    expect(two.stalls).toEqual([2]);
    one.end(6);
    fleet.settle(2);
    expect([two.busy, two.waiting]).toEqual([12, 0]);
    one.spawn(4);
    two.spawn(1);
    fleet.settle(5);
    expect(two.stalls).toEqual([2, 1]);
  });

  test("an executor that is lost is not waited for", () => {
    const [one, two] = fleet.executors as [Executor, Executor];
    one.spawn(30);
    one.loans.tick();
    one.loans.executorLost(1);
    two.loans.executorLost(0);
    while (fleet.deliver());
    one.loans.tick();
    expect(one.busy).toBeGreaterThan(10);
  });

  test.each([1, 2, 3, 4, 5])(
    "whatever happens, there are never more than the engine bears: seed %i",
    (seed) => {
      let state = seed;
      const random = (below: number): number => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return Math.floor((state / 2 ** 32) * below);
      };
      for (let step = 0; step < 2_000; step++) {
        const executor = fleet.executors[random(3)]!;
        const action = random(4);
        if (action === 0) executor.spawn(random(12));
        else if (action === 1) executor.end(random(12));
        else if (action === 2) executor.loans.tick();
        else fleet.deliver();
        expect(fleet.held, `seed ${seed}, step ${step}`).toBeLessThanOrEqual(30);
      }
      // Nobody waits for ever while others have more than they use.
      for (const executor of fleet.executors) executor.waiting = Math.min(executor.waiting, 3);
      for (const executor of fleet.executors) executor.end(executor.busy);
      fleet.settle(20);
      expect(fleet.executors.map(({ waiting }) => waiting)).toEqual([0, 0, 0]);
    },
  );
});

test("an only executor tells of a stall at once", () => {
  const fleet = new Fleet(1, 2, true);
  fleet.executors[0]!.spawn(5);
  fleet.settle();
  fleet.settle();
  expect(fleet.executors[0]!.stalls).toEqual([3]);
});
