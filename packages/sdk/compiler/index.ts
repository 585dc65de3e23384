export { type CompileRequest, type CompileResult, compile } from "./compile.ts";
export { type Diagnostic, formatDiagnostic, type Position, type SourceRange } from "./diagnostic.ts";
