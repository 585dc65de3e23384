/// <reference lib="webworker" />

// The other side of `bareWakeUs`: sleeps until the number changes, adds one, and wakes who waits for that.
self.onmessage = async ({ data }: MessageEvent<SharedArrayBuffer>) => {
  const cell = new Int32Array(data);
  self.postMessage("ready");
  for (let turn = 0; ; turn += 2) {
    await Atomics.waitAsync(cell, 0, turn).value;
    Atomics.store(cell, 0, turn + 2);
    Atomics.notify(cell, 0);
  }
};
