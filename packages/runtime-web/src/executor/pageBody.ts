import type { Kernel } from "../kernel/kernel.ts";
import { fits } from "../kernel/mailbox.ts";
import { PARKED } from "../kernel/parked.ts";
import type { Process, ProcessBody } from "../kernel/process.ts";
import { type ProcessAnswer, toPageMessage } from "../protocol/pageProcess.ts";

const NO_TIMEOUT = 0xffff_ffff_ffff_ffffn;

interface PendingReceive {
  readonly request: number;
  /** undefined = any message. */
  readonly tags: readonly bigint[] | undefined;
  timer: number | undefined;
}

/**
 * The execution of a process whose code runs on the page: here, only its receives. A guest has one at a time; code on the
 * page may have several, each for tags of its own. To the kernel they are one wait for all their tags together, and a
 * message that ends it goes to the receive that was asked first of those it fits.
 */
export class PageBody implements ProcessBody {
  /** Counters that inspection reads of every body: this one uses no instructions and no memory of an arena. */
  readonly fuelUsed = 0;
  readonly limit = 0;
  readonly #process: Process;
  readonly #kernel: Kernel;
  readonly #answer: (request: number, answer: ProcessAnswer) => void;
  readonly #pending: PendingReceive[] = [];
  /** Spawns of it that have not completed. */
  readonly #spawns = new Set<() => void>();
  #isStopped = false;

  constructor(process: Process, kernel: Kernel, answer: (request: number, answer: ProcessAnswer) => void) {
    this.#process = process;
    this.#kernel = kernel;
    this.#answer = answer;
  }

  /** @param request  number under which the answer goes out; there is none if the process ends first */
  receive(request: number, tags: readonly bigint[] | undefined, timeoutMs: number | undefined): void {
    if (this.#isStopped) return;
    const receive: PendingReceive = { request, tags, timer: undefined };
    this.#pending.push(receive);
    this.#waitAnew();
    if (timeoutMs === undefined || !this.#pending.includes(receive)) return;
    const deadlineMs = Math.ceil(this.#process.environment.timers.nowMs() + timeoutMs);
    receive.timer = this.#process.environment.timers.schedule(deadlineMs, () => {
      receive.timer = undefined;
      this.abandonReceive(request);
      this.#answer(request, { type: "timedOut" });
    });
  }

  /** Does nothing if it is answered already. */
  abandonReceive(request: number): void {
    const index = this.#pending.findIndex((each) => each.request === request);
    if (index < 0) return;
    this.#remove(index);
    this.#waitAnew();
  }

  /** @param abandon  called if the process ends before `spawnCompleted` was called with it */
  spawnBegan(abandon: () => void): void {
    this.#spawns.add(abandon);
  }

  spawnCompleted(abandon: () => void): void {
    this.#spawns.delete(abandon);
  }

  stop(): void {
    this.#isStopped = true;
    while (this.#pending.length > 0) this.#remove(0);
    for (const abandon of this.#spawns) abandon();
    this.#spawns.clear();
  }

  /** No call of it waits in the kernel but receives, which have a `complete` of their own. */
  resume(): void {
    throw new Error(`Process ${this.#process.pid} runs on the page and cannot be resumed here`);
  }

  resumeWithTrap(error: unknown): void {
    throw error;
  }

  #waitAnew(): void {
    this.#kernel.abandonReceive(this.#process);
    this.#wait();
  }

  #wait(): void {
    while (this.#pending.length > 0) {
      const code = this.#kernel.receive(this.#process, this.#wantedTags(), NO_TIMEOUT, () => {
        this.#handOut();
        this.#wait();
      });
      if (code === PARKED) return;
      this.#handOut();
    }
  }

  #wantedTags(): readonly bigint[] | undefined {
    if (this.#pending.some((each) => each.tags === undefined)) return undefined;
    return this.#pending.flatMap((each) => each.tags!);
  }

  /** Gives the message that the kernel has left in `scratch` to the receive it is for. */
  #handOut(): void {
    const message = this.#process.scratch!;
    this.#process.scratch = undefined;
    const index = this.#pending.findIndex((each) => fits(message, each.tags));
    const { request } = this.#pending[index]!;
    this.#remove(index);
    this.#answer(request, { type: "received", message: toPageMessage(message) });
  }

  #remove(index: number): void {
    const [receive] = this.#pending.splice(index, 1);
    if (receive?.timer !== undefined) this.#process.environment.timers.cancel(receive.timer);
  }
}
