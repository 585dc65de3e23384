import { Mailbox, Process, Unit, print, sleep, spawn } from "lunatic";

const COUNT = 100;

/** Waits for a message, and does nothing at all until it comes. */
function cell(parent: Process<Unit>, mailbox: Mailbox<Unit>): void {
  mailbox.receive();
}

export function main(mailbox: Mailbox<Unit>): void {
  const cells: Process<Unit>[] = [];
  for (let i = 0; i < COUNT; i++) cells.push(spawn(cell, mailbox.self));
  print(`${COUNT} processes wait`);
  sleep(1000);
}
