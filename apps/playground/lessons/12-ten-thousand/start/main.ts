import { Mailbox, Process, Unit, print, sleep, spawn } from "lunatic";

const COUNT = 100;

/** Lives for a second, and knows who started it. */
function cell(parent: Process<Unit>, _mailbox: Mailbox<Unit>): void {
  sleep(1000);
}

export function main(mailbox: Mailbox<Unit>): void {
  for (let i = 0; i < COUNT; i++) spawn(cell, mailbox.self);
  print(`${COUNT} processes were started`);
  sleep(1500);
}
