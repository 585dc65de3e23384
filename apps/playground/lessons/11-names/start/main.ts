import { Mailbox, Process, Unit, print, sleep, spawn, spawnMailbox } from "lunatic";

/** Writes down what others tell it. */
function log(mailbox: Mailbox<string>): void {
  while (true) print(`log: ${mailbox.receive()}`);
}

/** Was given no handle of the logger. */
function work(name: string, _mailbox: Mailbox<Unit>): void {
  const logger = Process.lookup<string>("logger");
  if (logger === null) {
    print(`${name}: there is no logger`);
    return;
  }
  logger.send(`${name} is at work`);
}

export function main(): void {
  const logger = spawnMailbox(log);

  spawn(work, "Ada");
  sleep(1000);
}
