import type { ExecutorToHub, HubToExecutor } from "./hubExecutor.ts";
import { postToExecutor } from "./post.ts";

/** What an executor answers to the line itself. */
export type Receipt = Extract<ExecutorToHub, { type: "received" | "unreadable" }>;

/**
 * The hub's way to one executor: messages arrive in order, and those with shared memory or compiled code arrive at all.
 *
 * A port that was transferred to a worker still belongs to its first owner for a moment, and when that one lets go of it,
 * Firefox 153 forgets the shared objects of messages that are under way: of 108 such messages sent at once 69 could not be
 * read, of 54 plain ones all could. The receiver gets a `messageerror` for each, so the line waits for a receipt and
 * sends again what was unreadable; what is posted meanwhile stands in line.
 */
export class ExecutorLine {
  readonly #port: MessagePort;
  readonly #waiting: HubToExecutor[] = [];
  #unconfirmed: HubToExecutor | undefined;

  /** @param receive gets every message but the receipts */
  constructor(port: MessagePort, receive: (message: Exclude<ExecutorToHub, Receipt>) => void) {
    this.#port = port;
    port.onmessage = ({ data }: MessageEvent<ExecutorToHub>) => {
      if (data.type === "received") this.#confirmed();
      else if (data.type === "unreadable") this.#again();
      else receive(data);
    };
  }

  post(message: HubToExecutor): void {
    if (this.#unconfirmed !== undefined) this.#waiting.push(message);
    else this.#send(message);
  }

  close(): void {
    this.#port.close();
  }

  #send(message: HubToExecutor): void {
    if (needsReceipt(message)) this.#unconfirmed = message;
    postToExecutor(this.#port, message);
  }

  #confirmed(): void {
    this.#unconfirmed = undefined;
    while (this.#unconfirmed === undefined) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#send(next);
    }
  }

  #again(): void {
    if (this.#unconfirmed !== undefined) postToExecutor(this.#port, this.#unconfirmed);
  }
}

/** True for messages with objects that exist once for all workers: shared memory, compiled code. */
export function needsReceipt(message: HubToExecutor): boolean {
  return message.type === "init" || message.type === "module" || message.type === "open";
}
