import type { ExitCause } from "../kernel/exit.ts";
import type {
  PageToProcess,
  ProcessAnswer,
  ProcessCommand,
  ProcessQuestion,
  ProcessToPage,
} from "../protocol/pageProcess.ts";
import { ProcessEndedError } from "./errors.ts";

/** The page's end of one process of its own, told by the line. */
export interface LineProcess {
  readonly pid: number;
  hasEnded(cause: ExitCause): void;
}

/** Who gets the answer to a question; one of the two is called, once. */
export interface Asker {
  resolve(answer: ProcessAnswer): void;
  reject(error: Error): void;
}

/**
 * The way from the page to the kernel that keeps the page's processes, that of their environment's home executor.
 * Everything goes out in the order it is said. When the environment ends, all its processes and questions end with it.
 */
export class ProcessLine {
  readonly #environment: number;
  readonly #post: (message: PageToProcess) => void;
  readonly #pending = new Map<number, Asker>();
  readonly #processes = new Map<number, LineProcess>();
  #nextRequest = 1;
  /** Why there is nobody at the other end any more. */
  #cause: ExitCause | undefined;

  constructor(environment: number, post: (message: PageToProcess) => void) {
    this.#environment = environment;
    this.#post = post;
  }

  command(pid: number, command: ProcessCommand): void {
    if (this.#cause !== undefined) return;
    this.#post({ type: "processCommand", environment: this.#environment, pid, command });
  }

  /** @throws ProcessEndedError the environment has ended, or ends before it answers */
  ask(question: ProcessQuestion): Promise<ProcessAnswer> {
    return new Promise((resolve, reject) => this.askFor(question, { resolve, reject }));
  }

  /** @returns the number of the question, by which it can be given up */
  askFor(question: ProcessQuestion, asker: Asker): number {
    const request = this.#nextRequest++;
    if (this.#cause !== undefined) {
      asker.reject(environmentEnded(this.#cause));
      return request;
    }
    this.#pending.set(request, asker);
    this.#post({ type: "processQuestion", environment: this.#environment, request, question });
    return request;
  }

  /** Nobody wants the answer to this question any more. */
  forget(request: number): void {
    this.#pending.delete(request);
  }

  /** The process has just been made; a `processEnded` about it comes later on the same port. */
  add(process: LineProcess): void {
    if (this.#cause === undefined) this.#processes.set(process.pid, process);
    else process.hasEnded(this.#cause);
  }

  receive(message: ProcessToPage): void {
    if (message.type === "processEnded") {
      const process = this.#processes.get(message.pid);
      this.#processes.delete(message.pid);
      process?.hasEnded(message.cause);
      return;
    }
    const asker = this.#pending.get(message.request);
    this.#pending.delete(message.request);
    asker?.resolve(message.answer);
  }

  /** Nobody answers any more. Idempotent: the first cause counts. */
  close(cause: ExitCause): void {
    if (this.#cause !== undefined) return;
    this.#cause = cause;
    for (const process of this.#processes.values()) process.hasEnded(cause);
    this.#processes.clear();
    for (const asker of this.#pending.values()) asker.reject(environmentEnded(cause));
    this.#pending.clear();
  }
}

function environmentEnded(cause: ExitCause): ProcessEndedError {
  return new ProcessEndedError(undefined, cause);
}
