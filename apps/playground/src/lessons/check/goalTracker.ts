import type { Goal, Goals } from "./goal.ts";
import type { WatchedRun } from "./watchedRun.ts";

/** Which goals were reached. A goal that was reached stays so. */
export class GoalTracker {
  readonly goals: Goals;
  readonly #reached = new Set<string>();

  constructor(goals: Goals) {
    this.goals = goals;
  }

  /** Ids, in the order of the goals. */
  get reached(): readonly string[] {
    return this.goals.filter(({ id }) => this.#reached.has(id)).map(({ id }) => id);
  }

  /** @returns the goals that are reached now and were not before */
  look(run: WatchedRun): Goal[] {
    const fresh = this.goals.filter((goal) => !this.#reached.has(goal.id) && goal.isReached(run));
    for (const { id } of fresh) this.#reached.add(id);
    return fresh;
  }
}
