/** Processes share no memory: every one has its own copy of each global variable. */
import { Mailbox, Process, ProcessLocal, print, spawnFunction } from "lunatic";

let visits: i32 = 0;

/** Made when it is first used, by each process that uses it. */
const words = new ProcessLocal<string[]>(() => ["once"]);

function visit(parent: Process<string>): void {
  visits++;
  words.value.push("upon");
  parent.send(`in process 2: ${visits} visit, ${words.value.join(" ")}`);
}

export function main(mailbox: Mailbox<string>): void {
  visits = 10;
  spawnFunction(visit, mailbox.self);
  print(mailbox.receive());
  words.value.push("more");
  print(`in process 1: ${visits} visits, ${words.value.join(" ")}`);
}
