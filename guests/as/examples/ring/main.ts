/** A ring of processes: each passes a token on to the next, which it got as its argument. */
import { Mailbox, Process, print, programArguments, spawn } from "lunatic";

function pass(next: Process<i32>, mailbox: Mailbox<i32>): void {
  while (true) next.send(mailbox.receive() + 1);
}

export function main(mailbox: Mailbox<i32>): void {
  const given = programArguments();
  const size = given.length > 1 ? I32.parseInt(given[1]) : 100;

  let first = mailbox.self;
  for (let i = 1; i < size; i++) first = spawn(pass, first);

  for (let round = 1; round <= 3; round++) {
    first.send(0);
    print(`round ${round}: ${mailbox.receive() + 1} processes`);
  }
}
