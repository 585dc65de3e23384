import { wrap } from "comlink";
import type { CompilerThread } from "./compilerThread.ts";
import { CompilerRestartedError } from "./errors.ts";
import type { CompileRequest, CompileResult } from "./request.ts";

/** What `compiler.worker.ts` answers to. */
export interface CompilerService {
  load(): Promise<void>;
  compile(request: CompileRequest): Promise<CompileResult>;
  declarations(files: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, string>>;
}

/** Starts a web worker to compile in. */
export function startWorkerThread(): CompilerThread {
  const worker = new Worker(new URL("./compiler.worker.ts", import.meta.url), {
    type: "module",
    name: "lunatic-compiler",
  });
  const service = wrap<CompilerService>(worker);
  let end!: (reason: Error) => void;
  const death = new Promise<never>((_, reject) => {
    end = reject;
  });
  worker.addEventListener("error", (event) => {
    end(new Error(`The compiler's worker failed: ${event.message || "its script could not be loaded"}`));
  });
  // Nobody may be waiting when it dies.
  death.catch(() => {});
  return {
    load: () => Promise.race([service.load(), death]),
    compile: (request) => Promise.race([service.compile(request), death]),
    declarations: (files) => Promise.race([service.declarations(files), death]),
    terminate() {
      worker.terminate();
      // Calls of a worker that is gone never settle.
      end(new CompilerRestartedError());
    },
  };
}
