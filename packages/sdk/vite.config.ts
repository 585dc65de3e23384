import { join } from "node:path";
import { defineConfig, type Plugin } from "vite";

const source = (path: string) => join(import.meta.dirname, path);

/**
 * The package as it is published: ES modules. The compiler's worker is a file beside them under an address that bundlers
 * understand; AssemblyScript and the small libraries stay imports, for the bundler of whoever embeds it.
 */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [workerAddress()],
  build: {
    target: "es2024",
    outDir: "dist",
    emptyOutDir: true,
    sourcemap: true,
    reportCompressedSize: false,
    lib: {
      formats: ["es"],
      entry: {
        index: source("compiler/index.ts"),
        compile: source("compiler/compile.ts"),
        editor: source("editor/index.ts"),
        trace: source("trace/index.ts"),
        "compiler.worker": source("compiler/compiler.worker.ts"),
      },
    },
    rolldownOptions: {
      external: [/^assemblyscript(\/(asc|binaryen))?$/, "comlink", "@jridgewell/trace-mapping"],
      output: { entryFileNames: "[name].js", chunkFileNames: "shared/[name].js" },
      checks: { pluginTimings: false },
    },
  },
});

/** Vite itself would give the worker a hashed name, and an address that other bundlers do not recognise. */
function workerAddress(): Plugin {
  const mark = "__lunatic_web_compiler_worker";
  return {
    name: "worker-address",
    enforce: "pre",
    transform: (code, id) =>
      id.endsWith("workerThread.ts")
        ? { code: code.replace('new URL("./compiler.worker.ts", import.meta.url)', mark), map: null }
        : undefined,
    renderChunk(code, { fileName }) {
      if (!code.includes(mark)) return undefined;
      if (fileName.includes("/"))
        throw new Error(`${fileName} starts the worker: keep it beside dist/compiler.worker.js`);
      return { code: code.replace(mark, 'new URL("./compiler.worker.js", import.meta.url)'), map: null };
    },
  };
}
