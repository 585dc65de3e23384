import type { CompileRequest, CompileResult } from "./request.ts";

/** Where a compiler runs; it can be ended at any time, which is how a compile that goes on and on is ended. */
export interface CompilerThread {
  /** Loads what a compile needs. Rejects if that fails. */
  load(): Promise<void>;
  /** One at a time. Rejects if the thread dies. */
  compile(request: CompileRequest): Promise<CompileResult>;
  /** Rejects if the thread dies or is ended. */
  declarations(files: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, string>>;
  /** Ends it at once; its calls without an answer reject. */
  terminate(): void;
}
