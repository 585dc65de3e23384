import { Mailbox, sleep } from "lunatic";
import { Cook } from "./kitchen";

const PLACES: string[] = ["grill", "oven", "bar"];

/** Brings the orders of one table, to whichever cook stands at the place now. */
export function waiter(table: i32, _mailbox: Mailbox<i32>): void {
  while (true) {
    sleep(400 + <u64>(Math.random() * 800));
    const place = PLACES[<i32>(Math.random() * PLACES.length)];
    const cook = Cook.lookup(place);
    if (cook != null) cook.cook(table);
  }
}
