import { InstrumentError } from "../instrument/error.ts";
import { describeExit, type ExitCause } from "../kernel/exit.ts";
import type { DatabaseErrorKind } from "../protocol/pageDatabases.ts";
import type { WireError } from "../protocol/pageHub.ts";

/** The module imports something that lunatic does not provide, or with another type. Nothing of it has run. */
export class ImportError extends Error {
  override readonly name = "ImportError";
  readonly module: string;
  readonly importName: string;

  constructor(message: string, module: string, importName: string) {
    super(message);
    this.module = module;
    this.importName = importName;
  }
}

/** The browser lacks what processes need; the message says which browsers have it. */
export class UnsupportedBrowserError extends Error {
  override readonly name = "UnsupportedBrowserError";
}

/** What was to be mounted is no archive, or a damaged one. */
export class ArchiveError extends Error {
  override readonly name = "ArchiveError";
}

/** A run could not start: its root process could not be created, or the runtime is closed. */
export class RunError extends Error {
  override readonly name = "RunError";
}

/** Something could not be done with a database; `kind` says why. */
export class DatabaseError extends Error {
  override readonly name = "DatabaseError";
  readonly kind: DatabaseErrorKind;

  constructor(kind: DatabaseErrorKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

/** A process was used that has ended, or ended while something of it was awaited; or its whole environment has ended. */
export class ProcessEndedError extends Error {
  override readonly name = "ProcessEndedError";
  /** undefined: it is about the environment. */
  readonly pid: number | undefined;
  /** Why it ended. */
  readonly exitCause: ExitCause;

  constructor(pid: number | undefined, exitCause: ExitCause) {
    super(
      pid === undefined
        ? `The environment has ended with its root process (${describeExit(exitCause)}); run the module again`
        : `Process ${pid} has ended: ${describeExit(exitCause)}`,
    );
    this.pid = pid;
    this.exitCause = exitCause;
  }
}

/** A receive got no message in the time it was given. The process goes on. */
export class ReceiveTimeoutError extends Error {
  override readonly name = "ReceiveTimeoutError";
  /** Milliseconds it waited for. */
  readonly timeoutMs: number;

  constructor(pid: number, timeoutMs: number) {
    super(`Process ${pid} got no message that it waits for within ${timeoutMs} ms`);
    this.timeoutMs = timeoutMs;
  }
}

/** A process could not be made: no memory, no such module, a start function that failed. */
export class SpawnError extends Error {
  override readonly name = "SpawnError";

  constructor(what: string, reason: string) {
    super(`Cannot spawn ${what}: ${reason}`);
  }
}

/** The error an expected failure of the hub becomes on the page. */
export function toPageError(error: WireError): Error {
  switch (error.type) {
    case "instrument":
      return new InstrumentError(error.kind, error.finding, error.advice, error.place);
    case "import":
      return new ImportError(error.message, error.module, error.name);
    case "run":
      return new RunError(error.message);
    default:
      return error satisfies never;
  }
}
