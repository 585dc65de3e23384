import { Mailbox, print, sleep, spawn } from "lunatic";
import { worker } from "./worker";

const POSTS = 5;

export function main(): void {
  const mailbox = Mailbox.of<i32>().monitorable();
  for (let post = 0; post < POSTS; post++) mailbox.monitor(spawn(worker, post));

  let replaced = 0;
  while (true) {
    const received = mailbox.receive();
    if (!received.isProcessDied) continue;
    replaced++;
    print(`\x1b[33mthe watch: process ${received.processId} is gone, number ${replaced}; another one goes\x1b[0m`);
    sleep(100);
    mailbox.monitor(spawn(worker, replaced % POSTS));
  }
}
