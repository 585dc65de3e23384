import { STDERR, writeBytes, writeText } from "./system/stream";

/**
 * What AssemblyScript calls for `throw`, `assert` and its own checks. The words are those of Rust's panics, in which
 * test runners of lunatic look for the expected text.
 */
export function abort(text: string | null, file: string | null, line: u32, column: u32): void {
  writeText(STDERR, "thread '<unnamed>' panicked at '");
  writeText(STDERR, text === null ? "explicit panic" : text);
  writeText(STDERR, "', ");
  writeText(STDERR, file === null ? "unknown" : file);
  writeNumber(58 /* : */, line);
  writeNumber(58, column);
  writeText(STDERR, "\n");
  unreachable();
}

const DIGITS: usize = memory.data(11);

/** Writes a sign and a decimal number, without the number formatting of the library, which is large. */
function writeNumber(sign: u8, value: u32): void {
  let at = DIGITS + 11;
  do {
    store<u8>(--at, <u8>(48 + (value % 10)));
    value /= 10;
  } while (value > 0);
  store<u8>(--at, sign);
  writeBytes(STDERR, at, DIGITS + 11 - at);
}
