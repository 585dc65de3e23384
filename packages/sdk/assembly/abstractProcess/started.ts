import { panic } from "../panic";

/** What came of starting a process. */
export enum StartStatus {
  /** It runs. */
  Started,
  /** Its init panicked; what it said is on stderr. */
  InitPanicked,
  /** Another process has the name. */
  NameTaken,
  /** Its init returned an error. */
  Failed,
  /** It was killed before its init was through. */
  Died,
}

/**
 * What `tryStart` gives: the handle of a process that runs, or why it does not.
 *
 * ```ts
 * const started = Counter.tryStartAs("counter", 10);
 * if (started.status == StartStatus.NameTaken) started.existing!.increment(1);
 * ```
 */
export class Started<R, E> {
  constructor(
    /** Whether it runs, or why not. */
    readonly status: StartStatus,
    private readonly handle: R | null,
    private readonly failure: E | null,
  ) {}

  /** Whether the process runs. */
  get ok(): bool {
    return this.status == StartStatus.Started;
  }

  /** The handle of the process. If it does not run, this process panics and says why. */
  get ref(): R {
    if (!this.ok) panic("a process could not be started: " + this.toString());
    return this.handle!;
  }

  /** The process that has the name; null: the name was not the problem. */
  get existing(): R | null {
    return this.status == StartStatus.NameTaken ? this.handle : null;
  }

  /** What the init of the process returned; null: it did not fail in that way. */
  get error(): E | null {
    return this.failure;
  }

  /** What came of it, for people. */
  toString(): string {
    const error = this.failure;
    return error === null ? statusText(this.status) : errorText<E>(error);
  }
}

/** What a status means, for people. */
export function statusText(status: StartStatus): string {
  if (status == StartStatus.Started) return "it runs";
  if (status == StartStatus.InitPanicked) return "its init panicked";
  if (status == StartStatus.NameTaken) return "another process has the name";
  return status == StartStatus.Died ? "it died during its init" : "its init failed";
}

/** The error that an init returned, for people. */
export function errorText<E>(error: E): string {
  if (isString<E>()) return <string>error;
  if (isDefined(error.toString)) return error.toString();
  return statusText(StartStatus.Failed);
}
