import { EventKind, ParkReason } from "../inspect/events.ts";
import type { Environment } from "./environment.ts";
import { type GuestTrap, ProcessStopped } from "./guestTrap.ts";
import { fits } from "./mailbox.ts";
import type { Message } from "./message.ts";
import { PARKED, type Parked } from "./parked.ts";
import { NO_TIMER, type Process } from "./process.ts";
import { tellQueued, tellTaken } from "./telling.ts";

/** Return codes of receive, sendReceiveSkipSearch and sleep. Host ABI ch. 1 and 6. */
export const WaitCode = { Data: 0, LinkDied: 1, ProcessDied: 2, TimedOut: 9027 } as const;

/**
 * 2^52 ms are 142,000 years, and up to there a deadline is an exact number. Longer waits, u64::MAX ("none") among
 * them, get no timer at all.
 */
const LONGEST_DELAY_MS = 1n << 52n;

/** Told the outcome of an operation, once. */
export type Answer<T> = (outcome: T) => void;

/** What a wait needs of the rest of the kernel before it parks. */
export interface BlockingPoint {
  /** Handles the signals that came while the process ran and lets go of a gate it holds. */
  reached(process: Process): void;
}

/** The blocking calls of processes: one pending call per process at most, begun and ended here. */
export class Waits {
  readonly #blockingPoint: BlockingPoint;

  constructor(blockingPoint: BlockingPoint) {
    this.#blockingPoint = blockingPoint;
  }

  /**
   * Waits for a message that is not in the mailbox yet, or, with an empty list of tags, for the deadline only.
   * @param complete called with a WaitCode if PARKED is returned
   * @throws ProcessStopped a signal that was waiting ended the process
   */
  waitForMessage(
    process: Process,
    reason: ParkReason,
    tags: readonly bigint[] | undefined,
    timeoutMs: bigint,
    complete: (code: number) => void,
  ): number | Parked {
    process.waitReason = reason;
    process.waitSerial++;
    process.waitTags = tags;
    process.waitComplete = undefined;
    this.#blockingPoint.reached(process);
    if (process.state === "ended") throw new ProcessStopped(`Process ${process.pid} ended while it called`);
    // Only handOver ends a wait that has no timer yet, and it has put the message into scratch.
    if (!isWaiting(process) && process.scratch !== undefined) {
      return process.waitsForReply ? WaitCode.Data : receiveCode(process.scratch);
    }
    process.waitComplete = complete;
    const deadline = this.deadlineAfter(process.environment, timeoutMs);
    if (deadline !== undefined) {
      process.waitExpired ??= () => this.#expire(process);
      process.waitTimer = process.environment.timers.schedule(deadline, process.waitExpired);
    }
    this.#park(process, reason);
    return PARKED;
  }

  /** Hands a message to its receiver if that one waits for it. @returns false if it belongs into the mailbox */
  handOver(process: Process, message: Message): boolean {
    if (process.waitReason !== ParkReason.Receive || !fits(message, process.waitTags)) return false;
    process.receive(message);
    const complete = process.waitComplete;
    const depth = process.mailbox.size;
    tellQueued(process, message, depth + 1);
    this.#end(process);
    tellTaken(process, message, depth);
    complete?.(process.waitsForReply ? WaitCode.Data : receiveCode(message));
    return true;
  }

  /**
   * Runs an operation that may answer later. `begin` gets two functions of which it calls one, once, now or later:
   * with the outcome, or with a GuestTrap. Answers for a process that has died meanwhile are dropped.
   * @throws the GuestTrap, if it comes at once; ProcessStopped if a waiting signal ended the process
   */
  waitForAnswer<T>(
    process: Process,
    reason: ParkReason,
    complete: (outcome: T) => void,
    begin: (answer: (outcome: T) => void, fail: (trap: GuestTrap) => void) => void,
  ): T | Parked {
    const serial = ++process.waitSerial;
    process.waitReason = reason;
    process.waitComplete = undefined;
    let early: { outcome: T } | { trap: GuestTrap } | undefined;
    let isParked = false;
    const isOver = (): boolean =>
      process.state === "ended" || process.waitSerial !== serial || !isWaiting(process);
    const answer = (outcome: T): void => {
      if (!isParked) early = { outcome };
      else if (!isOver()) {
        this.#end(process);
        complete(outcome);
      }
    };
    const fail = (trap: GuestTrap): void => {
      if (!isParked) early = { trap };
      else if (!isOver()) {
        this.#end(process);
        process.body.resumeWithTrap(trap);
      }
    };
    try {
      begin(answer, fail);
      if (early === undefined && process.state !== "ended") this.#blockingPoint.reached(process);
    } catch (error) {
      process.waitReason = 0;
      process.abandonWait = undefined;
      throw error;
    }
    if (process.state === "ended") throw new ProcessStopped(`Process ${process.pid} ended while it called`);
    // Asserted because the compiler does not see the assignments inside the two closures.
    const first = early as { outcome: T } | { trap: GuestTrap } | undefined;
    if (first !== undefined) {
      process.waitReason = 0;
      process.abandonWait = undefined;
      if ("trap" in first) throw first.trap;
      return first.outcome;
    }
    isParked = true;
    this.#park(process, reason);
    return PARKED;
  }

  /** Drops the pending call of a process that has just ended; its `complete` will not be called. */
  cancel(process: Process): void {
    process.waitReason = 0;
    process.waitTags = undefined;
    process.waitComplete = undefined;
    this.#cancelTimer(process);
    const abandon = process.abandonWait;
    process.abandonWait = undefined;
    abandon?.();
  }

  /** The caller does not wait for a message any more. Does nothing if it does not. */
  abandonReceive(process: Process): void {
    if (process.waitReason === ParkReason.Receive) this.#end(process);
  }

  /** @returns a whole millisecond not before now + delay, or undefined for a delay that never ends */
  deadlineAfter(environment: Environment, delayMs: bigint): number | undefined {
    if (delayMs < 0n || delayMs > LONGEST_DELAY_MS) return undefined;
    return Math.ceil(environment.timers.nowMs() + Number(delayMs));
  }

  /** An observer is told how many tags a receive waits for (0: any message) and the first of them. */
  #park(process: Process, reason: ParkReason): void {
    process.state = "parked";
    const { sink } = process.environment;
    if (!sink?.tellsWaits) return;
    const tags = process.waitTags;
    sink.emit(EventKind.Park, process.pid, tags?.length ?? 0, tags?.[0] ?? 0n, reason);
  }

  #end(process: Process): void {
    process.waitReason = 0;
    process.waitTags = undefined;
    process.waitComplete = undefined;
    process.abandonWait = undefined;
    this.#cancelTimer(process);
    if (process.state !== "parked") return;
    process.state = "runnable";
    const { sink } = process.environment;
    if (sink?.tellsWaits) sink.emit(EventKind.Wake, process.pid, 0, 0n, 0);
  }

  #expire(process: Process): void {
    process.waitTimer = NO_TIMER;
    const complete = process.waitComplete;
    this.#end(process);
    complete?.(WaitCode.TimedOut);
  }

  #cancelTimer(process: Process): void {
    if (process.waitTimer === NO_TIMER) return;
    process.environment.timers.cancel(process.waitTimer);
    process.waitTimer = NO_TIMER;
  }
}

function isWaiting(process: Process): boolean {
  return process.waitReason !== 0;
}

export function receiveCode(message: Message): number {
  if (message.kind === "data") return WaitCode.Data;
  return message.kind === "linkDied" ? WaitCode.LinkDied : WaitCode.ProcessDied;
}
