import { type DiagnosticMessage, isError, isWarning, type Range } from "assemblyscript";

/** Lines and columns count from 1, columns in UTF-16 units, as editors do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface SourceRange {
  readonly start: Position;
  /** The first position behind it. */
  readonly end: Position;
}

export interface Diagnostic {
  readonly severity: "error" | "warning" | "info";
  /** AssemblyScript's number of the message. */
  readonly code: number;
  readonly message: string;
  /** Undefined where the message is about the whole program. */
  readonly file: string | undefined;
  readonly range: SourceRange | undefined;
}

export function toDiagnostic(message: DiagnosticMessage): Diagnostic {
  const { range } = message;
  return {
    severity: isError(message) ? "error" : isWarning(message) ? "warning" : "info",
    code: message.code,
    message: message.message,
    file: range?.source.normalizedPath,
    range: range === null ? undefined : toSourceRange(range),
  };
}

function toSourceRange({ source, start, end }: Range): SourceRange {
  return { start: positionAt(source.text, start), end: positionAt(source.text, end) };
}

function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  return { line: before.split("\n").length, column: offset - before.lastIndexOf("\n") };
}

/** As compilers print it: `main.ts:3:5 - error AS2304: …`. */
export function formatDiagnostic({ severity, code, message, file, range }: Diagnostic): string {
  const place =
    file === undefined ? "" : `${file}${range ? `:${range.start.line}:${range.start.column}` : ""} - `;
  return `${place}${severity} AS${code}: ${message}`;
}
