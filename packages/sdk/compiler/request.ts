import type { Diagnostic } from "./diagnostic.ts";

/** Text by path, relative to the project's root, such as "main.ts" or "src/worker.ts". */
export interface SourceFiles {
  /** Asked for once or more for each file that may be there. */
  get(path: string): string | undefined;
}

/** A program, and what is to be made of it. */
export interface CompileRequest<Files extends SourceFiles = ReadonlyMap<string, string>> {
  readonly files: Files;
  /** One of `files`; it exports `main`. */
  readonly entry: string;
  /** 0 (the default) compiles fastest, 3 runs fastest. */
  readonly optimize?: 0 | 1 | 2 | 3;
  /** Names of functions in the module, for stacks, and a source map. True unless told otherwise. */
  readonly debug?: boolean;
  /** What the module says about where its source map is; `debug` only. main.wasm.map unless told otherwise. */
  readonly sourceMapUrl?: string;
}

/** What came of a compile. Mistakes of the author are diagnostics, not errors that are thrown. */
export interface CompileResult {
  /** Undefined when there were errors. */
  readonly wasm: Uint8Array<ArrayBuffer> | undefined;
  /** A source map (version 3) of `wasm`, as JSON, with the texts of the author's files. */
  readonly sourceMap: string | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** Milliseconds the compiler worked. */
  readonly duration: number;
  /** The compiler itself failed (a diagnostic with code 0 says how): do not go on using this instance of it. */
  readonly crashed: boolean;
}
