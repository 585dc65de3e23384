import type { CompilerThread } from "../compilerThread.ts";
import type { CompileRequest, CompileResult } from "../request.ts";

/** A thread whose compiles end when the test says so. */
export class ScriptedThread implements CompilerThread {
  readonly requests: CompileRequest[] = [];
  isTerminated = false;
  #end: ((result: CompileResult) => void) | undefined;
  #fail: ((error: Error) => void) | undefined;
  #loaded: Promise<void>;

  constructor(loaded: Promise<void> = Promise.resolve()) {
    this.#loaded = loaded;
  }

  load(): Promise<void> {
    return this.#loaded;
  }

  compile(request: CompileRequest): Promise<CompileResult> {
    this.requests.push(request);
    return new Promise((resolve, reject) => {
      this.#end = resolve;
      this.#fail = reject;
    });
  }

  async declarations(files: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, string>> {
    return new Map([...files.keys()].map((path) => [path, "declared"]));
  }

  /** Ends the compile that runs. */
  end(result: Partial<CompileResult> = {}): void {
    this.#end?.({
      wasm: undefined,
      sourceMap: undefined,
      diagnostics: [],
      duration: 1,
      crashed: false,
      ...result,
    });
  }

  die(): void {
    this.#fail?.(new Error("the worker is gone"));
  }

  terminate(): void {
    this.isTerminated = true;
  }
}
