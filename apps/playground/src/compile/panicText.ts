/** What a program that ends itself says on stderr before it does; the trap is then a mere `unreachable`. */
const PANIC = /panicked at '([\s\S]*)', /;

/** @returns the process' own words for its end, if it had some */
export function findPanic(stderr: readonly string[]): string | undefined {
  return stderr.map((line) => PANIC.exec(line)?.[1]).findLast((text) => text !== undefined);
}
