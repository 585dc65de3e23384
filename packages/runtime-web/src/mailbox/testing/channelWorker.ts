import { parentPort, workerData } from "node:worker_threads";
import { Doorbells } from "../doorbells.ts";
import { RingChannel } from "../ringChannel.ts";
import { numberedFrame, readNumberedFrame, seeded } from "./seeded.ts";

/**
 * Sends `frames` numbered frames to each peer, checks those that come from them, and posts how many came from each. It
 * stays until everything has gone out and come in; only the doorbells keep it going.
 */
interface Input {
  readonly own: number;
  readonly bells: SharedArrayBuffer;
  readonly frames: number;
  readonly peers: readonly { peer: number; outgoing: SharedArrayBuffer; incoming: SharedArrayBuffer }[];
}

const { own, bells, frames, peers } = workerData as Input;
const random = seeded(own + 1);
const doorbells = new Doorbells(bells, own);
const received = peers.map(() => 0);
let sent = 0;

const channels = peers.map(({ peer, outgoing, incoming }, index) => {
  const channel = new RingChannel({ outgoing, incoming, doorbells, peer });
  channel.onFrame = (frame) => {
    const number = readNumberedFrame(frame, peer);
    if (number !== received[index])
      throw new Error(`${own} got ${number} from ${peer}, not ${received[index]}`);
    received[index]!++;
  };
  return channel;
});

function sendSome(): void {
  const end = Math.min(frames, sent + 1 + random(50));
  for (; sent < end; sent++) {
    for (const channel of channels) channel.post(numberedFrame(own, sent, random(600)));
  }
  if (sent < frames) setImmediate(sendSome);
}

// Node does not count a waitAsync as a reason to stay.
setInterval(() => {}, 1 << 30);
let isDone = false;

doorbells.listen(() => {
  for (const channel of channels) channel.poll();
  if (isDone || received.some((count) => count < frames)) return;
  isDone = true;
  parentPort?.postMessage(received);
});
sendSome();
