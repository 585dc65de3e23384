/** One process says hello and starts a second one that says hello too. */
import { Mailbox, Process, Unit, print, spawnFunction } from "lunatic";

function greet(name: string): void {
  print(`hello ${name} from ${Process.self<Unit>()}`);
}

export function main(mailbox: Mailbox<Unit>): void {
  print(`hello from ${mailbox.self}`);
  const greeter = spawnFunction(greet, "lunatic");

  // When the first process ends, so do all others. So it waits for the end of the second.
  const signals = mailbox.monitorable();
  signals.monitor(greeter);
  signals.receiveTimeout(1000);
}
