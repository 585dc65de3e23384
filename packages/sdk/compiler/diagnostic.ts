/** Lines and columns count from 1, columns in UTF-16 units, as editors do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A piece of a text. */
export interface SourceRange {
  readonly start: Position;
  /** The first position behind it. */
  readonly end: Position;
}

/** Where in a program something is. */
export interface Place {
  /** As the request named it; files of AssemblyScript's library and of the framework begin with `~lib/`. */
  readonly file: string;
  readonly range: SourceRange;
}

/** What the compiler has to say about a program. */
export interface Diagnostic {
  readonly severity: "error" | "warning" | "info";
  /** AssemblyScript's number of the message; 0: the compiler itself failed. */
  readonly code: number;
  readonly message: string;
  /** Undefined where the message is about the whole program. */
  readonly place: Place | undefined;
  /** Another place that has to do with it, such as the other declaration of a name. */
  readonly related: Place | undefined;
}

/** As compilers print it: `main.ts:3:5 - error AS2304: …`. */
export function formatDiagnostic({ severity, code, message, place }: Diagnostic): string {
  const at = place && `${place.file}:${place.range.start.line}:${place.range.start.column} - `;
  return `${at ?? ""}${severity} AS${code}: ${message}`;
}
