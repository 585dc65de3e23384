/** Messages that are sent later, and one that is taken back in time. */
import { Mailbox, monotonicNanoseconds, print, sleep } from "lunatic";

export function main(mailbox: Mailbox<string>): void {
  const begin = monotonicNanoseconds();
  mailbox.self.sendAfter(60, "the tea is ready");
  mailbox.self.sendAfter(20, "the water boils");
  const alarm = mailbox.self.sendAfter(60_000, "fire!");
  print(`the alarm is off: ${alarm.cancel()}`);

  print(mailbox.receive());
  print(mailbox.receive());
  sleep(10);
  print(`that took 70 ms at least: ${monotonicNanoseconds() - begin >= 69_000_000}`);
}
