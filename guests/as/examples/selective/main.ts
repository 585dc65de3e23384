/** Tags mark messages, so that a process can wait for exactly the one it needs and leave the others for later. */
import { Mailbox, Process, Tag, print, spawn } from "lunatic";

@message
class Order {
  constructor(
    readonly dish: string,
    readonly minutes: i32,
    readonly tag: Tag,
    readonly guest: Process<string>,
  ) {}
}

/** Cooks what takes longest last, whatever was ordered first. */
function cook(orders: i32, mailbox: Mailbox<Order>): void {
  const open: Order[] = [];
  for (let i = 0; i < orders; i++) open.push(mailbox.receive());
  open.sort((a, b) => a.minutes - b.minutes);
  for (let i = 0; i < open.length; i++) open[i].guest.sendTagged(open[i].tag, open[i].dish);
}

export function main(mailbox: Mailbox<string>): void {
  const kitchen = spawn(cook, 3);
  const roast = Tag.fresh();
  const soup = Tag.fresh();
  const salad = Tag.fresh();
  kitchen.send(new Order("the roast", 90, roast, mailbox.self));
  kitchen.send(new Order("the soup", 20, soup, mailbox.self));
  kitchen.send(new Order("a salad", 5, salad, mailbox.self));

  // Served in the order of a meal, not in that of the kitchen.
  print(`first ${mailbox.receiveTagged(soup)}`);
  print(`then ${mailbox.receiveTagged(roast)}`);
  print(`last ${mailbox.receiveTagged(salad)}`);
}
