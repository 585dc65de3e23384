import { STDERR, STDOUT, writeLine } from "./stream";

/**
 * Writes a line to stdout. Numbers, and objects that have a `toString`, are written as that gives them.
 *
 * ```ts
 * print("hello");
 * print(6 * 7);
 * print(`${name} has ${count} points`);
 * ```
 */
export function print<T>(value: T): void {
  writeLine(STDOUT, textOf<T>(value));
}

/** Writes a line to stderr. */
export function eprint<T>(value: T): void {
  writeLine(STDERR, textOf<T>(value));
}

function textOf<T>(value: T): string {
  if (isString<T>() && !isNullable<T>()) return <string>value;
  if (isNullable<T>()) return value === null ? "null" : textOf<NonNullable<T>>(value);
  return value.toString();
}
