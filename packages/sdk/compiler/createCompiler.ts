import type { CompilerThread } from "./compilerThread.ts";
import { CompilerClosedError, CompilerTimeoutError, CompileSupersededError } from "./errors.ts";
import type { CompileRequest, CompileResult } from "./request.ts";
import { startWorkerThread } from "./workerThread.ts";

/** A compiler that a page keeps, for one author. What it answers is about the newest request. */
export interface Compiler {
  /** Resolves when the compiler is loaded; a compile need not wait for it. Rejects if it cannot be loaded. */
  load(): Promise<void>;
  /**
   * The newest request wins: those before it that have no result yet reject.
   * @param signal gives the request up; it then rejects with the signal's reason
   * @throws CompileSupersededError a newer request came
   * @throws CompilerTimeoutError it took longer than `timeout`
   * @throws CompilerClosedError `close` was called
   */
  compile(request: CompileRequest, signal?: AbortSignal): Promise<CompileResult>;
  /**
   * What a compile adds to the author's files (refs and starters of his processes), as TypeScript declarations for an
   * editor: `withDeclarations` of `@lunatic-web/sdk/editor`. Answered after the compile that runs.
   * @returns text by path, for files to which something is added
   * @throws CompilerRestartedError the thread was ended meanwhile, because of a compile without end
   */
  declarations(files: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, string>>;
  /** Ends its worker. Compiles without a result reject with CompilerClosedError, and so does what is asked later. */
  close(): void;
}

/** How patient a compiler is, and where it runs. */
export interface CompilerOptions {
  /** Milliseconds a compile may take, loading not counted; then its thread is ended. 60,000 unless told otherwise. */
  readonly timeout?: number;
  /**
   * Milliseconds that a compile nobody waits for any more may go on while another waits for its thread. Ending it
   * costs a second for a new thread, so short ones are let end. 1,000 unless told otherwise.
   */
  readonly patience?: number;
  /** Where it compiles: a worker unless told otherwise. */
  readonly startThread?: () => CompilerThread;
}

/** A compiler in a worker of its own, which is started and loaded (3 MB) at the first use. */
export function createCompiler(options: CompilerOptions = {}): Compiler {
  return new QueuedCompiler(options);
}

interface Job {
  readonly request: CompileRequest;
  readonly resolve: (result: CompileResult) => void;
  readonly reject: (reason: unknown) => void;
  /** Nobody waits for it any more. */
  isStale: boolean;
  /** Before that its thread loads, which serves the next one as well: then it is not ended. */
  isCompiling: boolean;
}

class QueuedCompiler implements Compiler {
  readonly #timeout: number;
  readonly #patience: number;
  readonly #startThread: () => CompilerThread;
  #thread: CompilerThread | undefined;
  #running: Job | undefined;
  #waiting: Job | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;

  constructor({ timeout = 60_000, patience = 1_000, startThread = startWorkerThread }: CompilerOptions) {
    this.#timeout = timeout;
    this.#patience = patience;
    this.#startThread = startThread;
  }

  async load(): Promise<void> {
    if (this.#isClosed) throw new CompilerClosedError();
    const thread = this.#currentThread();
    try {
      await thread.load();
    } catch (error) {
      // A module that could not be loaded stays so in its thread.
      if (this.#thread === thread) this.#endThread();
      throw error;
    }
  }

  compile(request: CompileRequest, signal?: AbortSignal): Promise<CompileResult> {
    if (this.#isClosed) return Promise.reject(new CompilerClosedError());
    if (signal?.aborted) return Promise.reject(signal.reason);
    return new Promise((resolve, reject) => {
      for (const older of [this.#running, this.#waiting]) {
        if (older !== undefined) retire(older, new CompileSupersededError());
      }
      const job: Job = { request, resolve, reject, isStale: false, isCompiling: false };
      signal?.addEventListener("abort", () => this.#giveUp(job, signal.reason), { once: true });
      this.#waiting = job;
      if (this.#running === undefined) void this.#runNext();
      else this.#endSoon();
    });
  }

  async declarations(files: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, string>> {
    if (this.#isClosed) throw new CompilerClosedError();
    return this.#currentThread().declarations(files);
  }

  close(): void {
    this.#isClosed = true;
    for (const job of [this.#running, this.#waiting]) {
      if (job !== undefined) retire(job, new CompilerClosedError());
    }
    this.#waiting = undefined;
    this.#endThread();
  }

  #giveUp(job: Job, reason: unknown): void {
    if (job.isStale) return;
    retire(job, reason);
    if (this.#waiting === job) this.#waiting = undefined;
    if (this.#running === job) this.#endSoon();
  }

  async #runNext(): Promise<void> {
    const job = this.#waiting;
    if (job === undefined) return;
    this.#waiting = undefined;
    this.#running = job;
    const thread = this.#currentThread();
    try {
      await thread.load();
      if (this.#running === job && !job.isStale) {
        job.isCompiling = true;
        this.#endAfter(this.#timeout, new CompilerTimeoutError(this.#timeout));
        const result = await thread.compile(job.request);
        if (result.crashed && this.#thread === thread) this.#endThread();
        job.resolve(result);
      }
    } catch (error) {
      if (this.#thread === thread) this.#endThread();
      job.reject(error);
    }
    // A thread that was ended takes its job with it: then the next one runs already.
    if (this.#running !== job) return;
    this.#finish();
  }

  #finish(): void {
    clearTimeout(this.#timer);
    this.#running = undefined;
    void this.#runNext();
  }

  /** The running job is stale: it gets a little time. */
  #endSoon(): void {
    if (!this.#running?.isCompiling) return;
    this.#endAfter(this.#patience, new CompileSupersededError());
  }

  #endAfter(milliseconds: number, reason: Error): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#running !== undefined) retire(this.#running, reason);
      this.#endThread();
      this.#finish();
    }, milliseconds);
  }

  #currentThread(): CompilerThread {
    this.#thread ??= this.#startThread();
    return this.#thread;
  }

  #endThread(): void {
    clearTimeout(this.#timer);
    this.#thread?.terminate();
    this.#thread = undefined;
  }
}

function retire(job: Job, reason: unknown): void {
  job.isStale = true;
  job.reject(reason);
}
