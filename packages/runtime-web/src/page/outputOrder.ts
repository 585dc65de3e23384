import type { OutputChunk } from "../protocol/hubExecutor.ts";

/**
 * Puts what the executors of a run wrote into one order in which no line comes before what led to it.
 *
 * Each executor gathers its output for some milliseconds, so a line can reach the page before one of another executor
 * that was written first. Chunks are numbered in the order of the run's events; before some are shown, every other
 * executor is asked for what it still holds. That costs a question per executor and gathering, and nothing on one executor.
 */
export class OutputOrder {
  readonly #open: Set<number>;
  readonly #ask: (executor: number, round: number) => void;
  readonly #show: (chunk: OutputChunk, executor: number) => void;
  #gathered: { readonly chunk: OutputChunk; readonly executor: number }[] = [];
  /** Executors that have not answered in this round. */
  readonly #awaited = new Set<number>();
  /** The newest chunk that this round is to show. */
  #goal = 0;
  #round = 0;

  /**
   * @param executors  number of executors of the run
   * @param ask        asks one for what it holds; it answers with `receive`, naming the round
   * @param show       gets each chunk with the executor it comes from
   */
  constructor(
    executors: number,
    ask: (executor: number, round: number) => void,
    show: (chunk: OutputChunk, executor: number) => void,
  ) {
    this.#open = new Set(Array(executors).keys());
    this.#ask = ask;
    this.#show = show;
  }

  /** @param answers the round that the executor answers with this; undefined when it sends of its own accord */
  receive(executor: number, chunks: readonly OutputChunk[], answers: number | undefined): void {
    for (const chunk of chunks) this.#gathered.push({ chunk, executor });
    if (answers === this.#round) this.#awaited.delete(executor);
    this.#proceed(executor);
  }

  /** The executor sends no more. */
  executorGone(executor: number): void {
    this.#open.delete(executor);
    this.#awaited.delete(executor);
    this.#proceed(executor);
  }

  #proceed(executor: number): void {
    while (this.#awaited.size === 0 && this.#gathered.length > 0) {
      if (this.#goal > 0) this.#showUpTo(this.#goal);
      else this.#begin(executor);
    }
  }

  /** Asks all but the one that has just spoken. */
  #begin(executor: number): void {
    this.#goal = this.#gathered.reduce((newest, { chunk: { sequence } }) => Math.max(newest, sequence), 0);
    this.#round++;
    for (const other of this.#open) if (other !== executor) this.#awaited.add(other);
    for (const other of this.#awaited) this.#ask(other, this.#round);
  }

  #showUpTo(goal: number): void {
    this.#goal = 0;
    const gathered = this.#gathered;
    this.#gathered = gathered.filter(({ chunk }) => chunk.sequence > goal);
    const due = gathered.filter(({ chunk }) => chunk.sequence <= goal);
    // Stable: chunks of one executor keep their order.
    due.sort((a, b) => a.chunk.sequence - b.chunk.sequence);
    for (const { chunk, executor } of due) this.#show(chunk, executor);
  }
}
