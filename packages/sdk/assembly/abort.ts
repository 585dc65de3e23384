import { STDERR, writeText } from "./wasi";

/** What AssemblyScript calls for `assert`, `throw` and checks of its own: tells why on stderr, then traps. */
export function abort(message: string | null, fileName: string | null, line: u32, column: u32): void {
  const place = fileName === null ? "" : ` at ${fileName}:${line}:${column}`;
  writeText(STDERR, `abort: ${message === null ? "" : message}${place}\n`);
  unreachable();
}
