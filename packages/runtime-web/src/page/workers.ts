import { WORKER_LOADED } from "../protocol/post.ts";
import { RunError } from "./errors.ts";

export interface RuntimeWorkers {
  readonly hub: Worker;
  readonly executors: readonly Worker[];
}

/**
 * Makes the workers of a runtime, all from the page: in Firefox 153 a worker that makes two workers was seen to hang in
 * the second constructor, about once in thirty times.
 * @throws RunError a script could not be loaded; no worker is left behind
 */
export async function startWorkers(executors: number): Promise<RuntimeWorkers> {
  const hub = new Worker(new URL("../hub/hub.worker.ts", import.meta.url), {
    type: "module",
    name: "lunatic hub",
  });
  const workers: RuntimeWorkers = {
    hub,
    executors: Array.from({ length: executors }, (_, index) => startExecutor(index)),
  };
  const all = [hub, ...workers.executors];
  try {
    await Promise.all(all.map(loaded));
    return workers;
  } catch (error) {
    for (const worker of all) worker.terminate();
    throw error;
  }
}

function startExecutor(index: number): Worker {
  return new Worker(new URL("../executor/executor.worker.ts", import.meta.url), {
    type: "module",
    name: `lunatic executor ${index}`,
  });
}

/** Resolves when the worker's script listens. */
function loaded(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => {
      if (data !== WORKER_LOADED) return;
      worker.onmessage = null;
      worker.onerror = null;
      resolve();
    };
    worker.onerror = (event) => {
      reject(new RunError(`A worker did not start: ${event.message ?? "its script could not be loaded"}`));
    };
  });
}
