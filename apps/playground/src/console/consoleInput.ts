import { type ReadonlySignal, signal } from "@preact/signals";

/** Lines remembered for the arrow keys. */
const HISTORY_LIMIT = 200;

/** What a person types into the console, on its way to the run's standard input. One run reads at a time. */
export class ConsoleInput {
  readonly #hasEnded = signal(true);
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  readonly #history: string[] = [];

  /** Whether the run has been told that nothing more comes; also while there is none. */
  get hasEnded(): ReadonlySignal<boolean> {
    return this.#hasEnded;
  }

  /** Lines that were sent, oldest first, of earlier runs too. */
  get history(): readonly string[] {
    return this.#history;
  }

  /** The standard input of a new run. What is typed from now on goes there. */
  open(): ReadableStream<Uint8Array> {
    this.#hasEnded.value = false;
    let own: ReadableStreamDefaultController<Uint8Array> | undefined;
    return new ReadableStream({
      start: (controller) => {
        own = controller;
        this.#controller = controller;
      },
      cancel: () => {
        if (this.#controller !== own) return;
        this.#controller = undefined;
        this.#hasEnded.value = true;
      },
    });
  }

  /** Sends a line, its break included. Nothing if no run reads. */
  send(line: string): void {
    if (!this.#controller) return;
    if (line !== "" && this.#history.at(-1) !== line) this.#history.push(line);
    if (this.#history.length > HISTORY_LIMIT) this.#history.shift();
    this.#controller.enqueue(new TextEncoder().encode(`${line}\n`));
  }

  /** Tells the run that nothing more comes. @param rest of a line that was not ended */
  end(rest = ""): void {
    const controller = this.#controller;
    if (!controller) return;
    this.#controller = undefined;
    this.#hasEnded.value = true;
    if (rest !== "") controller.enqueue(new TextEncoder().encode(rest));
    controller.close();
  }
}

/** Walks through lines that were sent, as shells do: up for older ones, down for newer ones and what was being typed. */
export class HistoryWalk {
  #steps = 0;
  #typed = "";

  /** @param typed what stands in the field now. @returns what is to stand there; undefined: it stays */
  older(history: readonly string[], typed: string): string | undefined {
    if (this.#steps >= history.length) return undefined;
    if (this.#steps === 0) this.#typed = typed;
    this.#steps++;
    return history[history.length - this.#steps];
  }

  newer(history: readonly string[]): string | undefined {
    if (this.#steps === 0) return undefined;
    this.#steps--;
    return this.#steps === 0 ? this.#typed : history[history.length - this.#steps];
  }

  /** A line was sent, or the field was edited. */
  restart(): void {
    this.#steps = 0;
  }
}
