/**
 * What a machine gains by a second core, without any runtime: two workers that only compute. Where other programs have the
 * cores, or the two are hyperthreads of one, it is far below 2, and no scheduler can give more.
 */

/** @returns a number that depends on every iteration */
export function compute(iterations: number): number {
  let state = 1;
  for (let index = 0; index < iterations; index++) state = (Math.imul(state, 1664525) + 1013904223) | 0;
  return state;
}

/** @returns milliseconds that so many workers take for the iterations, which they divide among themselves */
export async function timeWorkers(workers: number, iterations: number): Promise<number> {
  const started = await Promise.all(Array.from({ length: workers }, startWorker));
  try {
    // The engine has optimised the loop afterwards.
    await Promise.all(started.map((worker) => ask(worker, iterations / 50)));
    const startMs = performance.now();
    await Promise.all(started.map((worker) => ask(worker, iterations / workers)));
    return performance.now() - startMs;
  } finally {
    for (const worker of started) worker.terminate();
  }
}

async function startWorker(): Promise<Worker> {
  const worker = new Worker(new URL("./computing.worker.ts", import.meta.url), { type: "module" });
  await ask(worker, 1);
  return worker;
}

function ask(worker: Worker, iterations: number): Promise<number> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<number>) => resolve(data);
    worker.onerror = (event) => reject(new Error(`A computing worker failed: ${event.message}`));
    worker.postMessage(iterations);
  });
}
