import { Tag } from "./tag";

/** What can come of waiting for a message. */
export enum Outcome {
  /** A message. */
  Message,
  /** A linked process failed; only where link failures are caught. */
  LinkDied,
  /** A process that is monitored ended. */
  ProcessDied,
  /** The time was up. */
  TimedOut,
  /** A message that is not of the mailbox' type. It is gone. */
  Unreadable,
}

/**
 * What came of waiting for a message.
 *
 * ```ts
 * const received = mailbox.receiveTimeout(1000);
 * if (received.isMessage) print(received.message);
 * else if (received.isTimedOut) print("nobody wrote");
 * ```
 */
export class Received<M> {
  constructor(
    /** What came. */
    readonly outcome: Outcome,
    private readonly value: M,
    private readonly number: i64,
    private readonly problem: string,
  ) {}

  /** Whether a message came. */
  get isMessage(): bool {
    return this.outcome == Outcome.Message;
  }

  /** Whether a linked process failed. `tag` says which. */
  get isLinkDied(): bool {
    return this.outcome == Outcome.LinkDied;
  }

  /** Whether a monitored process ended. `processId` says which. */
  get isProcessDied(): bool {
    return this.outcome == Outcome.ProcessDied;
  }

  /** Whether the time was up. */
  get isTimedOut(): bool {
    return this.outcome == Outcome.TimedOut;
  }

  /** Whether something came that is not a message of the mailbox' type. `failure` says why. */
  get isUnreadable(): bool {
    return this.outcome == Outcome.Unreadable;
  }

  /** The message. If none came, the process panics and says what came instead. */
  get message(): M {
    if (this.outcome != Outcome.Message) throw new Error(`there is no message: ${this.toString()}`);
    return this.value;
  }

  /** The tag of the message, or of the link that died. */
  get tag(): Tag {
    return new Tag(this.outcome == Outcome.ProcessDied ? 0 : this.number);
  }

  /** The id of the process that ended, if a monitored one did; else 0. */
  get processId(): u64 {
    return this.outcome == Outcome.ProcessDied ? <u64>this.number : 0;
  }

  /** Why a message could not be read; "" otherwise. */
  get failure(): string {
    return this.problem;
  }

  /** What came, for people. */
  toString(): string {
    switch (this.outcome) {
      case Outcome.Message:
        return "a message came";
      case Outcome.LinkDied:
        return `the process linked with tag ${this.number} died`;
      case Outcome.ProcessDied:
        return `process ${this.number} ended`;
      case Outcome.TimedOut:
        return "the time was up";
      default:
        return `the message could not be read: ${this.problem}`;
    }
  }
}
