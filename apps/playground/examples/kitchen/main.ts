/**
 * A kitchen that never closes. Press Run and look at the tree:
 *  - a supervisor watches over three cooks; lines between processes are links
 *  - waiters send orders: the marks that move are messages
 *  - a cook who burns himself dies, in red; the supervisor puts another in his place, and nobody else notices
 * Kill a cook yourself: choose him in the tree and press Kill. Then change a line below and run again.
 */
import { print, sleep, spawnLink } from "lunatic";
import { Kitchen } from "./kitchen";
import { waiter } from "./waiter";

export function main(): void {
  Kitchen.start();
  for (let table = 1; table <= 4; table++) spawnLink(waiter, table);

  for (let minute = 1; ; minute++) {
    sleep(10_000);
    print(`the kitchen is open, minute ${minute}`);
  }
}
