/** A monitor tells of the end of a process, whatever the reason, and lets nobody else die. */
import { Mailbox, Unit, panic, print, spawn, unit } from "lunatic";

function work(fails: bool, mailbox: Mailbox<Unit>): void {
  mailbox.receive();
  if (fails) panic("this one fails");
}

export function main(mailbox: Mailbox<Unit>): void {
  const signals = mailbox.monitorable();
  const good = spawn(work, false);
  const bad = spawn(work, true);
  const idle = spawn(work, false);
  signals.monitor(good);
  signals.monitor(bad);
  signals.monitor(idle);

  good.send(unit());
  print(`process ${signals.receive().processId} returned`);
  bad.send(unit());
  print(`process ${signals.receive().processId} failed`);
  idle.kill();
  print(`process ${signals.receive().processId} was killed`);
}
