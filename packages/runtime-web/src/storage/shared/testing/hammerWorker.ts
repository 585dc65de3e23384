import { parentPort, workerData } from "node:worker_threads";
import { Hammer } from "./hammer.ts";

/** rounds undefined: on and on, until the thread is ended, having said that it has begun. */
const { buffer, owner, seed, rounds } = workerData as {
  buffer: SharedArrayBuffer;
  owner: number;
  seed: number;
  rounds: number | undefined;
};
const hammer = new Hammer(buffer, owner, seed);
if (rounds === undefined) {
  parentPort?.postMessage(owner);
  for (;;) hammer.strike();
}
for (let round = 0; round < rounds; round++) hammer.strike();
hammer.closeAll();
parentPort?.postMessage(owner);
