import type { ProcessContents } from "../inspect/processContents.ts";

/** Questions about what a process holds: asked of every executor, answered by the one where it lives. */
export class ProcessExaminer {
  readonly #ask: (executor: number, request: number, pid: number) => void;
  /** Executors that can still answer. */
  readonly #open: Set<number>;
  readonly #pending = new Map<
    number,
    { readonly waiting: Set<number>; readonly resolve: (contents: ProcessContents | undefined) => void }
  >();
  #nextRequest = 1;

  constructor(executors: number, ask: (executor: number, request: number, pid: number) => void) {
    this.#ask = ask;
    this.#open = new Set(Array.from({ length: executors }, (_, index) => index));
  }

  /** @returns undefined when no executor has such a process */
  examine(pid: number): Promise<ProcessContents | undefined> {
    if (this.#open.size === 0) return Promise.resolve(undefined);
    const request = this.#nextRequest++;
    return new Promise((resolve) => {
      this.#pending.set(request, { waiting: new Set(this.#open), resolve });
      for (const executor of this.#open) this.#ask(executor, request, pid);
    });
  }

  answered(executor: number, request: number, contents: ProcessContents | undefined): void {
    const question = this.#pending.get(request);
    if (!question) return;
    question.waiting.delete(executor);
    if (contents === undefined && question.waiting.size > 0) return;
    this.#pending.delete(request);
    question.resolve(contents);
  }

  /** It will not answer any more. */
  executorGone(executor: number): void {
    this.#open.delete(executor);
    for (const request of [...this.#pending.keys()]) this.answered(executor, request, undefined);
  }

  /** Nobody will. */
  close(): void {
    for (const executor of [...this.#open]) this.executorGone(executor);
  }
}
