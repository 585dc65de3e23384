import { Mailbox, Process, Unit, print, sleep, spawn, unit } from "lunatic";

const COUNT = 10_000;

/** Waits for a message, and does nothing at all until it comes. */
function cell(parent: Process<Unit>, mailbox: Mailbox<Unit>): void {
  mailbox.receive();
  parent.send(unit());
}

export function main(mailbox: Mailbox<Unit>): void {
  const cells: Process<Unit>[] = [];
  for (let i = 0; i < COUNT; i++) cells.push(spawn(cell, mailbox.self));
  print(`${COUNT} processes wait`);
  sleep(1000);

  for (let i = 0; i < COUNT; i++) cells[i].send(unit());
  for (let i = 0; i < COUNT; i++) mailbox.receive();
  print("all have answered");
}
