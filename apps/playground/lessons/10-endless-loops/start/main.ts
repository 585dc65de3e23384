import { Mailbox, Unit, print, sleep, spawn, unit } from "lunatic";

/** Never ends and never waits. */
function spin(_: Unit, _mailbox: Mailbox<Unit>): void {
  let turns: u64 = 0;
  while (true) turns++;
}

function talk(name: string, _mailbox: Mailbox<Unit>): void {
  for (let i = 1; i <= 10; i++) {
    print(`${name}: ${i}`);
    sleep(150);
  }
}

export function main(): void {
  const spinner = spawn(spin, unit());
  spawn(talk, "Ada");
  sleep(2000);
}
