import { type DiagnosticMessage, isError, isWarning, type Range } from "assemblyscript";
import type { Diagnostic, Place, Position } from "./diagnostic.ts";

/** A message of AssemblyScript in our form. */
export function readDiagnostic(message: DiagnosticMessage): Diagnostic {
  return {
    severity: isError(message) ? "error" : isWarning(message) ? "warning" : "info",
    code: message.code,
    message: message.message,
    place: readPlace(message.range),
    related: readPlace(message.relatedRange),
  };
}

/** Where a piece of source lies, for people. */
export function readPlace(range: Range | null): Place | undefined {
  if (range === null) return undefined;
  const { source, start, end } = range;
  return {
    file: source.normalizedPath,
    range: { start: positionAt(source.text, start), end: positionAt(source.text, end) },
  };
}

function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  return { line: before.split("\n").length, column: before.length - before.lastIndexOf("\n") };
}
