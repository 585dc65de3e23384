import { compile } from "../../compiler/compile.ts";
import type { Position } from "../../compiler/diagnostic.ts";

export interface FoundError {
  /** Without the words that every error of the transform begins with. */
  readonly message: string;
  /** What stands in the program where the error points. */
  readonly text: string;
}

/** The errors of a program of one file. */
export function errorsOf(program: string): FoundError[] {
  const { diagnostics } = compile({ files: new Map([["main.ts", program]]), entry: "main.ts" });
  return diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ message, place }) => ({
      message: message.replace(/^Transform 'lunatic': /, ""),
      text:
        place === undefined
          ? ""
          : program.slice(offsetOf(program, place.range.start), offsetOf(program, place.range.end)),
    }));
}

function offsetOf(text: string, { line, column }: Position): number {
  return (
    text
      .split("\n")
      .slice(0, line - 1)
      .join("\n").length +
    (line > 1 ? 1 : 0) +
    column -
    1
  );
}
