import { createMacrotaskPoster } from "../../protocol/macrotask.ts";
import type { Sqlite } from "./library.ts";
import { SLICES_BASE64 } from "./sliceModule.ts";

/** JavaScript Promise Integration, which the types of the page's library do not have yet. A test in Node goes without. */
const { promising, Suspending } = WebAssembly as unknown as {
  readonly promising?: (run: unknown) => (statement: number) => Promise<unknown>;
  readonly Suspending?: new (pause: () => Promise<number>) => WebAssembly.ImportValue & object;
};

/** For so long a statement has the engine before others get their turn. */
const SLICE_MS = 5;
/** Operations of sqlite's machine between two looks at the clock: some tenths of a millisecond. */
const PROGRESS_STEPS = 10_000;
/** As large as the stack that the engine was built with: what runs in a step may be anything. */
const STACK_BYTES = 512 * 1024;
const STACK_ALIGNMENT = 16;
/** What cannot be suspended is interrupted after so long: nobody else's statement could run meanwhile. */
const LONGEST_UNSLICED_MS = 60_000;
const GO_ON = 0;
const INTERRUPT = 1;
const SUSPEND = 2;

/** Steps of one statement, from the first one to a row that is enough, the end or a failure. */
export interface StepRun {
  readonly number: number;
  readonly onRow: () => boolean;
  readonly limitMs: number;
  /** Of the engine's time, before the slice that goes on. */
  usedMs: number;
  sliceBeganMs: number;
  /** Where its frames in the engine's memory are, beside those of others; 0: where everybody's are. */
  readonly stack: number;
  isInterrupted: boolean;
  code: number | undefined;
  error: unknown;
  /** It is suspended. */
  resume: (() => void) | undefined;
}

/**
 * Runs statements in slices. One that ends within its first slice has run as if it was called; a longer one is suspended
 * where it is, and goes on after the event loop and the other long ones had their turns. While it is suspended other
 * connections use the same engine, which knows of no threads: between two operations of its machine nothing that they
 * share is half done. Each run has a stack in the engine's memory, because they do not end in the order in which they began.
 */
export class SlicedSteps {
  readonly #sqlite: Sqlite;
  readonly #enter: (statement: number) => unknown;
  readonly #canSuspend: boolean;
  readonly #progress: number;
  readonly #base: number;
  readonly #freeStacks: number[] = [];
  readonly #runs = new Map<number, StepRun>();
  #suspended: StepRun[] = [];
  #current: StepRun | undefined;
  #nextNumber = 1;
  #unslicedEndsMs = Number.POSITIVE_INFINITY;
  #post: ((task: () => void) => void) | undefined;
  #isPosted = false;

  constructor(sqlite: Sqlite) {
    this.#sqlite = sqlite;
    const { functions } = sqlite;
    this.#canSuspend = promising !== undefined;
    this.#base = functions.emscripten_stack_get_current();
    const pause = () => this.#pause();
    const bytes = Uint8Array.from(atob(SLICES_BASE64), (digit) => digit.charCodeAt(0));
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
      sqlite: {
        step: functions.sqlite3_step,
        stack_get: functions.emscripten_stack_get_current,
        stack_set: functions._emscripten_stack_restore,
      },
      slices: {
        row: () => this.#row(),
        done: (code: number) => this.#done(code),
        due: () => this.#due(),
        pause: Suspending === undefined ? pause : new Suspending(pause),
        go_on: (number: number) => this.#goOn(number),
      },
    });
    const run = exports.run as (statement: number) => void;
    this.#enter = promising?.(run) ?? run;
    const table = sqlite.static.wasm.functionTable() as WebAssembly.Table;
    this.#progress = table.grow(1);
    table.set(this.#progress, exports.progress);
  }

  /** Whether there are statements that wait for their next slice. */
  get hasSuspended(): boolean {
    return this.#suspended.length > 0;
  }

  /** From now on this connection's statements are suspended, and what it does else is interrupted after a minute. */
  watch(db: number): void {
    this.#sqlite.functions.sqlite3_progress_handler(db, PROGRESS_STEPS, this.#progress, 0);
  }

  /** What is not a step (to prepare a statement, say) begins now. */
  beginUnsliced(): void {
    this.#unslicedEndsMs = performance.now() + LONGEST_UNSLICED_MS;
  }

  /**
   * Steps a statement until it fails, is at its end, or `onRow` has enough. Its connection may be used for nothing else
   * until then.
   * @param onRow called with the statement on a row; answers whether to go on
   * @param limitMs of the engine's time, after which it is interrupted
   * @param begun called with the run if it takes longer than a slice, to interrupt it by
   * @returns sqlite's code, a promise of it if it takes longer than a slice
   */
  run(
    statement: number,
    onRow: () => boolean,
    limitMs = Number.POSITIVE_INFINITY,
    begun?: (run: StepRun) => void,
  ): number | Promise<number> {
    const stack = this.#canSuspend ? this.#takeStack() : 0;
    const run: StepRun = {
      number: this.#nextNumber++,
      onRow,
      limitMs: stack === 0 ? Math.min(limitMs, LONGEST_UNSLICED_MS) : limitMs,
      usedMs: 0,
      sliceBeganMs: performance.now(),
      stack,
      isInterrupted: false,
      code: undefined,
      error: undefined,
      resume: undefined,
    };
    this.#current = run;
    if (stack !== 0)
      this.#sqlite.functions._emscripten_stack_restore((stack + STACK_BYTES) & -STACK_ALIGNMENT);
    const entered = this.#enter(statement);
    if (run.code !== undefined) return this.#result(run);
    // It is suspended, or the engine has failed: then the promise says so.
    begun?.(run);
    return (entered as Promise<void>).then(() => this.#result(run));
  }

  /** Ends it with sqlite's code for that, at once. */
  interrupt(run: StepRun): void {
    run.isInterrupted = true;
    this.#suspended = this.#suspended.filter((one) => one !== run);
    run.resume?.();
  }

  #result(run: StepRun): number {
    if (run.error !== undefined) throw run.error;
    return run.code!;
  }

  #row(): number {
    const run = this.#current!;
    try {
      return run.onRow() ? 1 : 0;
    } catch (error) {
      // It may not unwind the engine's frames: they would stay on its stack.
      run.error = error;
      return 0;
    }
  }

  #done(code: number): void {
    const run = this.#current!;
    this.#current = undefined;
    this.#runs.delete(run.number);
    run.code = code;
    if (run.stack !== 0) {
      this.#sqlite.functions._emscripten_stack_restore(this.#base);
      this.#freeStacks.push(run.stack);
    }
  }

  #due(): number {
    const run = this.#current;
    const nowMs = performance.now();
    if (run === undefined) return nowMs > this.#unslicedEndsMs ? INTERRUPT : GO_ON;
    const sliceMs = nowMs - run.sliceBeganMs;
    if (run.usedMs + sliceMs > run.limitMs) return INTERRUPT;
    return sliceMs > SLICE_MS && run.stack !== 0 ? SUSPEND : GO_ON;
  }

  #pause(): Promise<number> {
    const run = this.#current!;
    this.#current = undefined;
    this.#sqlite.functions._emscripten_stack_restore(this.#base);
    run.usedMs += performance.now() - run.sliceBeganMs;
    this.#runs.set(run.number, run);
    this.#suspended.push(run);
    this.#schedule();
    return new Promise((resolve) => {
      run.resume = () => {
        run.resume = undefined;
        resolve(run.number);
      };
    });
  }

  /** Called when the promise of `#pause` has brought it back, before anything else of the engine runs. */
  #goOn(number: number): number {
    const run = this.#runs.get(number)!;
    this.#current = run;
    run.sliceBeganMs = performance.now();
    return run.isInterrupted ? INTERRUPT : GO_ON;
  }

  #schedule(): void {
    if (this.#isPosted) return;
    this.#post ??= createMacrotaskPoster();
    this.#isPosted = true;
    this.#post(() => {
      this.#isPosted = false;
      this.#suspended.shift()?.resume?.();
      if (this.#suspended.length > 0) this.#schedule();
    });
  }

  #takeStack(): number {
    return this.#freeStacks.pop() ?? this.#sqlite.functions.malloc(STACK_BYTES);
  }
}
