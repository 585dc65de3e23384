/**
 * The worker that compiles. The compiler is imported on demand and not above, because a worker with an import that is
 * awaited (binaryen's is) may lose the messages that come before it ends.
 */
import { expose } from "comlink";
import type { CompilerService } from "./workerThread.ts";

const service: CompilerService = {
  async load() {
    await import("./compile.ts");
  },
  async compile(request) {
    const { compile } = await import("./compile.ts");
    return compile(request);
  },
  async declarations(files) {
    const { declarationsFor } = await import("../transform/index.ts");
    return declarationsFor(files);
  },
};

expose(service);
