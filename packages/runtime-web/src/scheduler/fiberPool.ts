import { driverModule } from "./modules/modules.ts";
import type { StackBudget, StackPool } from "./stackBudget.ts";
import { ThunkTable } from "./thunkTable.ts";

/** What `poll` and `next` answer instead of a table slot; see driver.wat. */
export const NO_JOB = -1;
const END_FIBER = -2;

/** The scheduler's side of the fiber loop. Of all fibers at most one is between `begin` and `end` and not suspended. */
export interface FiberJobs {
  /** This fiber is free. A table slot if a job may start on it at once, else NO_JOB. */
  takeJob(): number;
  /** This fiber has joined the idle ones and is about to suspend; run something else. */
  fiberIdle(): void;
  /** Address of the control block of the process whose job starts. */
  begin(): number;
  end(): void;
  /** A JavaScript exception came through the guest's frames; the fiber lives on. */
  failed(error: unknown): void;
  /** A trap of the engine tore the running fiber's stack down. */
  destroyed(error: unknown): void;
}

/**
 * The JSPI stacks of one executor. Each runs driver.wat's loop and serves one process after another; idle ones are
 * kept for the next process, because a stack that ends costs the renderer a mapping (StackBudget).
 */
export class FiberPool implements StackPool {
  readonly thunks: ThunkTable;
  readonly #budget: StackBudget;
  readonly #jobs: FiberJobs;
  readonly #run: () => Promise<unknown>;
  readonly #idle: ((slot: number) => void)[] = [];
  readonly #suspendIdle = (resolve: (slot: number) => void): void => {
    this.#idle.push(resolve);
  };
  #isCreating = false;
  #isClosed = false;

  constructor(budget: StackBudget, jobs: FiberJobs) {
    this.#budget = budget;
    budget.pool = this;
    this.#jobs = jobs;
    const { exports } = new WebAssembly.Instance(driverModule(), {
      fiber: {
        poll: () => (this.#isCreating || this.#isClosed ? NO_JOB : jobs.takeJob()),
        next: new WebAssembly.Suspending(() => this.#next()),
        begin: () => jobs.begin(),
        end: () => jobs.end(),
        failed: (error: unknown) => jobs.failed(error),
        js_exception: WebAssembly.JSTag!,
      },
    });
    this.thunks = new ThunkTable(exports.thunks as WebAssembly.Table);
    this.#run = WebAssembly.promising(exports.run);
  }

  get idleCount(): number {
    return this.#idle.length;
  }

  /**
   * Makes sure that `start` finds an idle fiber. False: none is idle and the engine bears no more stacks.
   * @param forCatch the job is the body of a trap::catch, for which some stacks are kept back: without it the process
   *   that calls could never go on and give its own stack back
   */
  reserve(forCatch: boolean): boolean {
    return this.#idle.length > 0 || this.#create(forCatch);
  }

  /** Lets an idle fiber run the thunk in `slot`, after a successful `reserve`. */
  start(slot: number): void {
    this.#idle.pop()!(slot);
  }

  giveBack(count: number): number {
    const ending = this.#idle.splice(Math.max(0, this.#idle.length - count));
    for (const resolve of ending) resolve(END_FIBER);
    return ending.length;
  }

  provide(count: number): number {
    for (let made = 0; made < count; made++) if (!this.#create(false)) return made;
    return count;
  }

  /** Ends the idle fibers. Busy ones end when their process does. */
  close(): void {
    this.#isClosed = true;
    for (const resolve of this.#idle.splice(0)) resolve(END_FIBER);
  }

  #create(forCatch: boolean): boolean {
    if (!this.#budget.tryAcquire(forCatch)) return false;
    this.#isCreating = true;
    this.#run().then(
      () => this.#budget.releaseDestroyed(),
      (error: unknown) => {
        this.#budget.releaseDestroyed();
        this.#jobs.destroyed(error);
      },
    );
    this.#isCreating = false;
    return true;
  }

  #next(): Promise<number> | number {
    if (this.#isClosed) return END_FIBER;
    const job = new Promise(this.#suspendIdle);
    if (!this.#isCreating) this.#jobs.fiberIdle();
    return job;
  }
}
