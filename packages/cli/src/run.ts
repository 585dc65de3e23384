import { openBrowserSession } from "./browser/openBrowser.ts";
import { runCommandLine } from "./commandLine.ts";
import type { Io } from "./io.ts";

/**
 * The command line as a function: does what `lunatic-web ARGV` does, with the streams, directory and environment of
 * `io` instead of this process's.
 * @returns the exit code; everything it started has ended by then
 *
 * @example
 * const exitCode = await run(["test", "tests.wasm", "--json"], io);
 */
export function run(argv: readonly string[], io: Io): Promise<number> {
  return runCommandLine(argv, io, { openSession: openBrowserSession });
}
