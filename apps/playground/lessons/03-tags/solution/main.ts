import { Mailbox, Process, Tag, print, sleep, spawn } from "lunatic";

// Tags of your own are numbered from 64 on.
const SOUP = Tag.special(64);
const ROAST = Tag.special(65);

function kitchen(guest: Process<string>, _mailbox: Mailbox<string>): void {
  guest.sendTagged(ROAST, "the roast");
  sleep(1000);
  guest.sendTagged(SOUP, "the soup");
}

export function main(mailbox: Mailbox<string>): void {
  spawn(kitchen, mailbox.self);

  print(mailbox.receiveTagged(SOUP));
  print(mailbox.receiveTagged(ROAST));

  const dessert = mailbox.receiveTimeout(1000);
  if (dessert.isMessage) print(dessert.message);
  else print("no dessert today");
}
