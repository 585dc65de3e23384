import { Mailbox, Process, Unit, print, sleep, spawn, unit } from "lunatic";

const COUNT = 10_000;

/** Lives for a second, and knows who started it. */
function cell(parent: Process<Unit>, _mailbox: Mailbox<Unit>): void {
  sleep(1000);
  parent.send(unit());
}

export function main(mailbox: Mailbox<Unit>): void {
  for (let i = 0; i < COUNT; i++) spawn(cell, mailbox.self);
  print(`${COUNT} processes were started`);
  for (let i = 0; i < COUNT; i++) mailbox.receive();
  print("all are done");
}
