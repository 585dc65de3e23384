import { Mailbox, Unit, print, sleep, spawnLink } from "lunatic";

function divide(by: i32, _mailbox: Mailbox<Unit>): void {
  sleep(500);
  print(`84 / ${by} = ${84 / by}`);
}

export function main(mailbox: Mailbox<Unit>): void {
  spawnLink(divide, 0);

  sleep(1500);
  print("main: still here");
}
