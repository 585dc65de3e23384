/** A process with a name is found by every other one, without a handle being passed around. */
import { Mailbox, Process, ProcessName, print, spawnMailbox, spawnTask } from "lunatic";

@message
class Line {
  constructor(
    readonly text: string,
    readonly from: Process<i32>,
  ) {}
}

/** The name and the type of its messages, written once. */
const LOGGER = new ProcessName<Line>("logger");

function log(mailbox: Mailbox<Line>): void {
  for (let number = 1; ; number++) {
    const line = mailbox.receive();
    print(`${number}: ${line.text}`);
    line.from.send(number);
  }
}

/** Runs in a process of its own, and knows the logger by nothing but the name. */
function work(name: string): i32 {
  const mailbox = Mailbox.of<i32>();
  LOGGER.expect().send(new Line(`${name} is at work`, mailbox.self));
  return mailbox.receive();
}

export function main(): void {
  print(`is there a logger? ${LOGGER.lookup() !== null}`);
  LOGGER.register(spawnMailbox(log));
  print(`Ada wrote line ${spawnTask(work, "Ada").result()}`);
  print(`Grace wrote line ${spawnTask(work, "Grace").result()}`);
}
