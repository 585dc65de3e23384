import type { ExecutorCounts, UsageAnswer, UsageQuestion } from "../protocol/usage.ts";
import type { ExecutorUsage } from "./types.ts";

/**
 * Asks executors what they hold. One that does not answer is reported as silent and nothing is concluded from it: it may
 * be frozen with its tab, or stopped in a debugger.
 */
export class UsageSurvey {
  readonly #executors: number;
  readonly #ask: (executor: number, question: UsageQuestion) => void;
  readonly #lost = new Set<number>();
  readonly #pending = new Map<number, (executor: number, usage: ExecutorUsage) => void>();
  #nextRequest = 1;

  constructor(executors: number, ask: (executor: number, question: UsageQuestion) => void) {
    this.#executors = executors;
    this.#ask = ask;
  }

  /** @param patienceMs  how long to wait for an answer */
  ask(patienceMs: number): Promise<readonly ExecutorUsage[]> {
    const request = this.#nextRequest++;
    const usages = Array.from(
      { length: this.#executors },
      (_, executor): ExecutorUsage => ({ executor, state: this.#lost.has(executor) ? "lost" : "silent" }),
    );
    const awaited = new Set(usages.flatMap(({ executor, state }) => (state === "lost" ? [] : [executor])));
    if (awaited.size === 0) return Promise.resolve(usages);
    return new Promise((resolve) => {
      const finish = (): void => {
        clearTimeout(patience);
        this.#pending.delete(request);
        resolve(usages);
      };
      const patience = setTimeout(finish, patienceMs);
      this.#pending.set(request, (executor, usage) => {
        usages[executor] = usage;
        awaited.delete(executor);
        if (awaited.size === 0) finish();
      });
      for (const executor of awaited) this.#ask(executor, { type: "usage", request });
    });
  }

  receive(executor: number, { request, counts }: UsageAnswer): void {
    this.#answer(request, executor, alive(executor, counts));
  }

  executorLost(executor: number): void {
    this.#lost.add(executor);
    for (const request of [...this.#pending.keys()]) {
      this.#answer(request, executor, { executor, state: "lost" });
    }
  }

  #answer(request: number, executor: number, usage: ExecutorUsage): void {
    this.#pending.get(request)?.(executor, usage);
  }
}

function alive(executor: number, counts: ExecutorCounts): ExecutorUsage {
  return { executor, state: "alive", counts };
}
