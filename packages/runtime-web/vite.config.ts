import { join } from "node:path";
import { defineConfig } from "vite";
import { bundleSizes } from "./build/bundleSizes.ts";
import { databaseEngine } from "./build/databaseEngine.ts";
import { workerAddresses } from "./build/workerAddresses.ts";

const source = (path: string) => join(import.meta.dirname, "src", path);

/**
 * The package as it is published: ES modules without a bare import left, so that a page can load them as they are. What
 * `tsc` adds are the declarations.
 */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [workerAddresses(), databaseEngine(), bundleSizes()],
  build: {
    target: "es2024",
    outDir: "dist",
    emptyOutDir: true,
    sourcemap: true,
    reportCompressedSize: false,
    lib: {
      formats: ["es"],
      entry: {
        index: source("index.ts"),
        abi: source("abi/index.ts"),
        instrument: source("instrument/index.ts"),
        inspect: source("inspect/index.ts"),
        volume: source("disk/index.ts"),
        "hub.worker": source("hub/hub.worker.ts"),
        "executor.worker": source("executor/executor.worker.ts"),
        "database.worker": source("sqlite/database.worker.ts"),
        "storage.worker": source("storageWorker/storage.worker.ts"),
      },
    },
    minify: "oxc",
    rolldownOptions: {
      output: { entryFileNames: "[name].js", chunkFileNames: "shared/[name].js" },
      checks: { pluginTimings: false },
    },
  },
});
