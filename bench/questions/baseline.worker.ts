/// <reference lib="webworker" />
import { spawnInstance } from "./baselines.ts";

// One process: it gets its module, runs, answers; the page then ends the worker.
self.onmessage = async ({ data }: MessageEvent<WebAssembly.Module>) => {
  self.postMessage(await spawnInstance(data));
};
