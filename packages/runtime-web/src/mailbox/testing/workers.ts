import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { build } from "vite";

/** Node 20 does not run TypeScript: a worker's module is bundled first, as the build does it for the browser. */
async function bundle(entry: URL): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: "silent",
    build: {
      write: false,
      minify: false,
      target: "es2023",
      ssr: fileURLToPath(entry),
      rollupOptions: { external: ["node:worker_threads"] },
    },
  });
  const [output] = Array.isArray(result) ? result : [result];
  if (output === undefined || !("output" in output)) throw new Error(`Nothing was built from ${entry}`);
  return output.output[0].code;
}

/**
 * Runs a module in one thread per input, all at once. A worker gets its input as workerData and posts one result; it
 * stays until all have, because others may still wait for what it holds.
 * @returns the results in order of the inputs; rejects if a worker fails or ends without a result
 */
export async function runWorkers<T>(entry: URL, inputs: readonly unknown[]): Promise<T[]> {
  const code = await bundle(entry);
  const url = new URL(`data:text/javascript;base64,${Buffer.from(code).toString("base64")}`);
  const workers = inputs.map((workerData) => new Worker(url, { workerData }));
  try {
    return await Promise.all(workers.map((worker) => resultOf<T>(worker)));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function resultOf<T>(worker: Worker): Promise<T> {
  return new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", () => reject(new Error("A worker ended without a result")));
  });
}
