import { LunaticError } from "../error";
import { Errno, describeErrno } from "./errno";

/**
 * What went wrong with a file: `text` says what was tried, what happened and what can be done.
 *
 * ```ts
 * const read = readText("settings.json");
 * if (!read.ok && read.error!.code == Errno.NotFound) writeText("settings.json", "{}");
 * ```
 */
export class FileError extends LunaticError {
  private constructor(
    what: string,
    /** As the program wrote it. */
    readonly path: string,
    /** One of `Errno`. */
    readonly code: u32,
    reason: string,
  ) {
    super(
      `cannot ${what}: ${nameOf(code)}, ${reason}`,
      false,
      code == Errno.NotPermitted || code == Errno.NotCapable || code == Errno.AccessDenied,
    );
  }

  /** The name that manuals have for the code, such as ENOENT. */
  get name(): string {
    return nameOf(this.code);
  }

  /** What the host answered to `what`, for example `read "notes.txt"`. */
  static __of(what: string, path: string, code: u32): FileError {
    const description = describeErrno(code);
    return new FileError(what, path, code, description.substring(description.indexOf(" ") + 1));
  }

  /** No directory of the process leads to a path. */
  static __notGiven(what: string, path: string, given: string[]): FileError {
    const reason =
      given.length == 0
        ? "this process was given no directory: who spawns it gives it one by config.preopenDirectory"
        : `the directories that this process was given (${given.join(", ")}) do not lead there: who spawns it gives it more by config.preopenDirectory`;
    return new FileError(what, path, Errno.NotCapable, reason);
  }
}

function nameOf(code: u32): string {
  const description = describeErrno(code);
  return description.substring(0, description.indexOf(" "));
}
