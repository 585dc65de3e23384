import { STDERR, STDOUT, writeLine } from "./stream";

/** What programs know from browsers, on this process' stdout and stderr. Texts only; `print` takes numbers too. */
export namespace console {
  /** A line on stdout. */
  export function log(text: string = ""): void {
    writeLine(STDOUT, text);
  }

  /** A line on stdout. */
  export function info(text: string = ""): void {
    writeLine(STDOUT, text);
  }

  /** A line on stdout. */
  export function debug(text: string = ""): void {
    writeLine(STDOUT, text);
  }

  /** A line on stderr. */
  export function warn(text: string = ""): void {
    writeLine(STDERR, text);
  }

  /** A line on stderr. */
  export function error(text: string = ""): void {
    writeLine(STDERR, text);
  }

  /** A line on stderr if the condition does not hold. */
  export function assert<T>(condition: T, text: string = ""): void {
    if (!condition) writeLine(STDERR, `Assertion failed: ${text}`);
  }
}
