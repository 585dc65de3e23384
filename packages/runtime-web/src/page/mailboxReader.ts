import type { ProcessAnswer } from "../protocol/pageProcess.ts";
import { ReceiveTimeoutError } from "./errors.ts";
import type { ProcessMessage, ReceiveOptions } from "./processTypes.ts";
import { toTags } from "./tags.ts";

/** How the reader reaches the mailbox, which is in the kernel. */
export interface MailboxSource {
  readonly pid: number;
  /** Asks for a message; exactly one of the two is called, once. @returns the number of the question */
  ask(
    tags: readonly bigint[] | undefined,
    timeoutMs: number | undefined,
    answered: (answer: ProcessAnswer) => void,
    failed: (error: Error) => void,
  ): number;
  /** Takes a question back. Its answer may be on its way already. */
  abandon(request: number): void;
  decode(answer: Extract<ProcessAnswer, { type: "received" }>): ProcessMessage;
}

interface Waiter {
  readonly tags: readonly bigint[] | undefined;
  request: number;
  settle(): void;
  resolve(message: ProcessMessage): void;
  reject(reason: unknown): void;
}

/**
 * The receives of one process of the page. A receive that is given up can cross with the message that was its answer:
 * such a message goes to the next receive that wants it, as if it had never left the mailbox.
 */
export class MailboxReader {
  readonly #source: MailboxSource;
  readonly #waiters = new Set<Waiter>();
  /** Messages that came for receives nobody waits in any more, oldest first. */
  readonly #returned: ProcessMessage[] = [];

  constructor(source: MailboxSource) {
    this.#source = source;
  }

  /** @throws as PageProcess.receive */
  receive({ tags, timeoutMs, signal }: ReceiveOptions): Promise<ProcessMessage> {
    const wanted = toTags(tags);
    checkTimeout(timeoutMs);
    signal?.throwIfAborted();
    const index = this.#returned.findIndex((message) => fits(message, wanted));
    if (index >= 0) return Promise.resolve(this.#returned.splice(index, 1)[0]!);
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        waiter.settle();
        this.#source.abandon(waiter.request);
        reject(signal!.reason);
      };
      const waiter: Waiter = {
        tags: wanted,
        request: 0,
        settle: () => {
          this.#waiters.delete(waiter);
          signal?.removeEventListener("abort", giveUp);
        },
        resolve,
        reject,
      };
      this.#waiters.add(waiter);
      signal?.addEventListener("abort", giveUp);
      waiter.request = this.#source.ask(
        wanted,
        timeoutMs,
        (answer) => this.#answered(waiter, answer, timeoutMs),
        (error) => this.#fail(waiter, error),
      );
    });
  }

  #answered(waiter: Waiter, answer: ProcessAnswer, timeoutMs: number | undefined): void {
    if (answer.type === "received") this.#handOut(waiter, this.#source.decode(answer));
    else this.#fail(waiter, new ReceiveTimeoutError(this.#source.pid, timeoutMs ?? 0));
  }

  #handOut(asked: Waiter, message: ProcessMessage): void {
    const receiver = this.#waiters.has(asked) ? asked : this.#firstThatFits(message);
    if (receiver === undefined) {
      this.#returned.push(message);
      return;
    }
    receiver.settle();
    if (receiver !== asked) this.#source.abandon(receiver.request);
    receiver.resolve(message);
  }

  #firstThatFits(message: ProcessMessage): Waiter | undefined {
    for (const waiter of this.#waiters) if (fits(message, waiter.tags)) return waiter;
    return undefined;
  }

  #fail(waiter: Waiter, error: Error): void {
    if (!this.#waiters.has(waiter)) return;
    waiter.settle();
    waiter.reject(error);
  }
}

function fits(message: ProcessMessage, tags: readonly bigint[] | undefined): boolean {
  if (tags === undefined) return true;
  return message.type !== "processDied" && message.tag !== 0n && tags.includes(message.tag);
}

function checkTimeout(timeoutMs: number | undefined): void {
  if (timeoutMs === undefined || (timeoutMs >= 0 && Number.isFinite(timeoutMs))) return;
  throw new RangeError(
    `timeoutMs is a number of milliseconds from 0 on, not ${timeoutMs}; leave it out to wait for ever`,
  );
}
