import { Mailbox, Unit, panic, print, sleep, spawn } from "lunatic";

function work(milliseconds: u64, _mailbox: Mailbox<Unit>): void {
  sleep(milliseconds);
  if (milliseconds > 500) panic("too much work");
  print(`${milliseconds} ms of work are done`);
}

export function main(mailbox: Mailbox<Unit>): void {
  const short = spawn(work, 300);
  const long = spawn(work, 800);

  // A guess: is everything done by then?
  sleep(1500);
  print("main: I think they have ended");
}
