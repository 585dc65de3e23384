import { expect, it } from "vitest";
import { STACK_BUDGET_CELLS, StackBudget } from "./stackBudget.ts";

const cells = () => new Int32Array(STACK_BUDGET_CELLS);

it("gives as many stacks as the engine bears, and again what was given back", () => {
  const budget = new StackBudget(cells(), 3);
  expect([1, 2, 3, 4].map(() => budget.tryAcquire())).toEqual([true, true, true, false]);
  budget.releaseDestroyed();
  expect(budget.tryAcquire()).toBe(true);
  expect(budget.live).toBe(3);
});

it("counts for all executors that share its cells", () => {
  const shared = cells();
  const [one, other] = [new StackBudget(shared, 2), new StackBudget(shared, 2)];
  expect([one.tryAcquire(), other.tryAcquire(), one.tryAcquire()]).toEqual([true, true, false]);
});

it("knows what is left, and lends it to those that count for themselves", () => {
  const [one, other] = [new StackBudget(cells(), 8, 2), new StackBudget(cells(), 8, 2)];
  one.tryAcquire();
  expect([one.spare, other.spare]).toEqual([3, 4]);
  one.lend(2);
  other.borrow(2);
  expect([one.spare, other.spare]).toEqual([1, 6]);
  expect([1, 2].map(() => one.tryAcquire())).toEqual([true, false]);
  one.borrow(1);
  expect(one.tryAcquire()).toBe(true);
});

it("has nothing to lend where all count in one place", () => {
  const shared = cells();
  const [one, other] = [new StackBudget(shared, 4), new StackBudget(shared, 4)];
  one.lend(3);
  expect([one.spare, other.spare]).toEqual([4, 4]);
});

it("keeps stacks back for the bodies of trap::catch", () => {
  const budget = new StackBudget(cells(), 1);
  budget.tryAcquire();
  expect(budget.tryAcquire()).toBe(false);
  expect(budget.tryAcquire(true)).toBe(true);
});

it("refuses before destroyed stacks have eaten the renderer's mappings", () => {
  const budget = new StackBudget(cells(), 12_000);
  let created = 0;
  while (budget.tryAcquire()) {
    budget.releaseDestroyed();
    created++;
  }
  expect(3 * budget.live + budget.destroyed).toBeLessThan(60_000);
  expect(created).toBeGreaterThan(50_000);
  expect(budget.spare).toBe(0);
});
