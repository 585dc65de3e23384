import type { EnvironmentId, ExecutorIndex } from "./ids.ts";

/** Who waits for the reply to a question asked of another executor. One of the two is called once, or none after close. */
export interface Asker<T> {
  answer(value: T): void;
  /** The executor that was asked is lost. */
  lost(): void;
}

interface Question<T> {
  readonly executor: ExecutorIndex;
  readonly environment: EnvironmentId;
  readonly asker: Asker<T>;
}

/** Questions of this kernel that other kernels have not answered yet, by number; numbers count from 1. */
export class Requests<T> {
  #next = 1;
  readonly #open = new Map<number, Question<T>>();

  open(executor: ExecutorIndex, environment: EnvironmentId, asker: Asker<T>): number {
    const number = this.#next++;
    this.#open.set(number, { executor, environment, asker });
    return number;
  }

  /** Passes on a reply; one to a closed question is dropped. */
  answer(number: number, value: T): void {
    const question = this.#open.get(number);
    this.#open.delete(number);
    question?.asker.answer(value);
  }

  close(number: number): void {
    this.#open.delete(number);
  }

  closeEnvironment(id: EnvironmentId): void {
    for (const [number, question] of this.#open) if (question.environment === id) this.#open.delete(number);
  }

  executorLost(index: ExecutorIndex): void {
    for (const [number, question] of [...this.#open]) {
      if (question.executor === index && this.#open.delete(number)) question.asker.lost();
    }
  }
}
