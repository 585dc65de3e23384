import { Mailbox, Unit, print, sleep, spawnLink } from "lunatic";

function divide(by: i32, _mailbox: Mailbox<Unit>): void {
  sleep(500);
  print(`84 / ${by} = ${84 / by}`);
}

export function main(mailbox: Mailbox<Unit>): void {
  const signals = mailbox.catchLinkFailure();
  spawnLink(divide, 0);

  const received = signals.receive();
  if (received.isLinkDied) {
    print("main: it failed, I try again with 2");
    spawnLink(divide, 2);
  }
  sleep(1000);
  print("main: still here");
}
