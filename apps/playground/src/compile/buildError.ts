import type { Diagnostic } from "@lunatic-web/sdk";

/** A program that does not compile was to be run; nothing ran. */
export class BuildError extends Error {
  override readonly name = "BuildError";
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    const [first] = errors;
    const rest = errors.length > 1 ? ` (and ${errors.length - 1} more, see Problems)` : "";
    super(first ? `${describe(first)}${rest}` : "The compiler made no module and said no reason");
    this.diagnostics = diagnostics;
  }
}

function describe({ place, message }: Diagnostic): string {
  return place ? `${place.file}:${place.range.start.line}:${place.range.start.column}: ${message}` : message;
}
