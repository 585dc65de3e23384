import { eprint, print } from "./print";

/** What programs know from browsers, on this process' stdout and stderr. Each takes one value. */
export namespace console {
  /** A line on stdout. */
  export function log<T>(value: T): void {
    print<T>(value);
  }

  /** A line on stdout. */
  export function info<T>(value: T): void {
    print<T>(value);
  }

  /** A line on stdout. */
  export function debug<T>(value: T): void {
    print<T>(value);
  }

  /** A line on stderr. */
  export function warn<T>(value: T): void {
    eprint<T>(value);
  }

  /** A line on stderr. */
  export function error<T>(value: T): void {
    eprint<T>(value);
  }

  /** A line on stderr if the condition does not hold. */
  export function assert<T>(condition: T, text: string = ""): void {
    if (!condition) eprint<string>(`Assertion failed: ${text}`);
  }
}
