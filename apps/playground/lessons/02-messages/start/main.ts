import { Mailbox, print, sleep, spawn } from "lunatic";

function greeter(greeting: string, mailbox: Mailbox<string>): void {
  const name = mailbox.receive();
  print(`${greeting}, ${name}`);
}

export function main(): void {
  const process = spawn(greeter, "hello");
  process.send("Ada");
  sleep(500);
  process.send("Grace");
  sleep(500);
  process.send("Linus");
  sleep(500);
}
