import { STDOUT, writeText } from "./wasi";

/** Writes a line to stdout. */
export function print(text: string): void {
  writeText(STDOUT, text + "\n");
}
