import { wrap } from "comlink";
import type { CompilerThread } from "./compilerThread.ts";
import type { CompileRequest, CompileResult } from "./request.ts";

/** What `compiler.worker.ts` answers to. */
export interface CompilerService {
  load(): Promise<void>;
  compile(request: CompileRequest): Promise<CompileResult>;
}

/** Starts a web worker to compile in. */
export function startWorkerThread(): CompilerThread {
  const worker = new Worker(new URL("./compiler.worker.ts", import.meta.url), {
    type: "module",
    name: "lunatic-compiler",
  });
  const service = wrap<CompilerService>(worker);
  const death = new Promise<never>((_, reject) => {
    worker.addEventListener("error", (event) => {
      reject(new Error(`The compiler's worker failed: ${event.message || "its script could not be loaded"}`));
    });
  });
  // Nobody may be waiting when it dies.
  death.catch(() => {});
  return {
    load: () => Promise.race([service.load(), death]),
    compile: (request) => Promise.race([service.compile(request), death]),
    terminate: () => worker.terminate(),
  };
}
