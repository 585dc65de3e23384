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
  readonly #waiting: Posting[] = [];
  #unconfirmed: Posting | undefined;

  /** @param receive gets every message but the receipts */
  constructor(port: MessagePort, receive: (message: Exclude<ExecutorToHub, Receipt>) => void) {
    this.#port = port;
    port.onmessage = ({ data }: MessageEvent<ExecutorToHub>) => {
      if (data.type === "received") this.#confirmed();
      else if (data.type === "unreadable") this.#again();
      else receive(data);
    };
  }

  /**
   * @param confirmed called when the executor has the message, if it is one of those that need a receipt, or when the
   *   line is closed: then there is nobody left to have it
   */
  post(message: HubToExecutor, confirmed: () => void = () => {}): void {
    const posting = { message, confirmed };
    if (this.#unconfirmed !== undefined) this.#waiting.push(posting);
    else this.#send(posting);
  }

  close(): void {
    this.#port.close();
    this.#unconfirmed?.confirmed();
    for (const { confirmed } of this.#waiting.splice(0)) confirmed();
  }

  #send(posting: Posting): void {
    if (needsReceipt(posting.message)) this.#unconfirmed = posting;
    postToExecutor(this.#port, posting.message);
  }

  #confirmed(): void {
    this.#unconfirmed?.confirmed();
    this.#unconfirmed = undefined;
    while (this.#unconfirmed === undefined) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#send(next);
    }
  }

  #again(): void {
    if (this.#unconfirmed !== undefined) postToExecutor(this.#port, this.#unconfirmed.message);
  }
}

interface Posting {
  readonly message: HubToExecutor;
  readonly confirmed: () => void;
}

/** True for messages with objects that exist once for all workers: shared memory, compiled code. */
export function needsReceipt(message: HubToExecutor): boolean {
  return message.type === "init" || message.type === "module" || message.type === "open";
}
