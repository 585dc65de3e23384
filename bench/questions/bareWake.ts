const ROUNDS = 1_000;

/**
 * Microseconds of a round trip between two threads of which each sleeps until the other wakes it: notify, the task of
 * waitAsync, and back, without any message.
 */
export async function bareWakeUs(): Promise<number> {
  const cell = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(new URL("./wake.worker.ts", import.meta.url), { type: "module" });
  try {
    await new Promise<void>((resolve, reject) => {
      worker.onmessage = () => resolve();
      worker.onerror = (event) => reject(new Error(`The worker failed: ${event.message}`));
      worker.postMessage(cell.buffer);
    });
    const start = performance.now();
    for (let turn = 0; turn < 2 * ROUNDS; turn += 2) {
      Atomics.store(cell, 0, turn + 1);
      Atomics.notify(cell, 0);
      await Atomics.waitAsync(cell, 0, turn + 1).value;
    }
    return ((performance.now() - start) * 1e3) / ROUNDS;
  } finally {
    worker.terminate();
  }
}
