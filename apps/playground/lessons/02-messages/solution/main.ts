import { Mailbox, print, sleep, spawn } from "lunatic";

function greeter(greeting: string, mailbox: Mailbox<string>): void {
  while (true) {
    const name = mailbox.receive();
    print(`${greeting}, ${name}`);
  }
}

export function main(): void {
  const process = spawn(greeter, "hello");
  const other = spawn(greeter, "bonjour");
  process.send("Ada");
  sleep(500);
  process.send("Grace");
  other.send("Marie");
  sleep(500);
  process.send("Linus");
  sleep(500);
}
