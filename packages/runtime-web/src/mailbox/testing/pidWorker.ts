import { parentPort, workerData } from "node:worker_threads";
import { SharedPidDirectory } from "../sharedPidDirectory.ts";

const { buffer, executor, rounds } = workerData as {
  buffer: SharedArrayBuffer;
  executor: number;
  rounds: number;
};
const directory = new SharedPidDirectory(buffer);
const living: number[] = [];
for (let round = 0; round < rounds; round++) {
  const pid = directory.allocate();
  directory.place(pid, executor, executor);
  if (directory.locate(pid) !== executor) throw new Error(`Process ${pid} was not found where it was placed`);
  // One in a hundred stays, so that pages with a single living process must survive beside recycled ones.
  if (round % 100 === 0) living.push(pid);
  else directory.release(pid);
}
parentPort?.postMessage(living);
