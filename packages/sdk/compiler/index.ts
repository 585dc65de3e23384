/**
 * The compiler of programs in TypeScript syntax, in a worker of a page.
 * @module @lunatic-web/sdk
 */

export type { CompilerThread } from "./compilerThread.ts";
export { type Compiler, type CompilerOptions, createCompiler } from "./createCompiler.ts";
export {
  type Diagnostic,
  formatDiagnostic,
  type Place,
  type Position,
  type SourceRange,
} from "./diagnostic.ts";
export {
  CompilerClosedError,
  CompilerRestartedError,
  CompilerTimeoutError,
  CompileSupersededError,
} from "./errors.ts";
export type { CompileRequest, CompileResult, SourceFiles } from "./request.ts";
