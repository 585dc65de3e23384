/** Linked processes die together, unless one of them catches the failures of the others: then it is told. */
import { Mailbox, Tag, Unit, panic, print, spawnLink } from "lunatic";

function divide(divisor: i32, _mailbox: Mailbox<Unit>): void {
  if (divisor == 0) panic("nothing can be divided by zero");
}

export function main(mailbox: Mailbox<Unit>): void {
  const signals = mailbox.catchLinkFailure();

  const tag = Tag.fresh();
  spawnLink(divide, 0, tag);
  const received = signals.receive();
  print(`failed: ${received.isLinkDied}, the one with our tag: ${received.tag == tag}`);

  // One that ends as it should is not told of.
  spawnLink(divide, 1);
  print(`after the second: ${signals.receiveTimeout(50)}`);
}
