/**
 * Exit codes, documented in docs/cli.md. 0 to 2 are those of lunatic's own command line; `timeout` is the one of
 * coreutils' timeout(1), and a signal gives 128 + its number as in shells.
 */
export const ExitStatus = {
  success: 0,
  /** The guest or a test failed, or the module could not be run. */
  failure: 1,
  usage: 2,
  /** No browser, one that is too old, or one that died in the middle. */
  browser: 3,
  timeout: 124,
  interrupted: 130,
  terminated: 143,
} as const;
export type ExitStatus = (typeof ExitStatus)[keyof typeof ExitStatus];

/** What ends a command with one line for people: what happened and what to do. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  readonly status: ExitStatus;

  constructor(message: string, status: ExitStatus = ExitStatus.failure) {
    super(message);
    this.status = status;
  }
}

export function usageError(message: string): CommandError {
  return new CommandError(message, ExitStatus.usage);
}

/** A code of Node's file and network errors, such as ENOENT; undefined for any other value. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

/** The message of whatever was thrown. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
