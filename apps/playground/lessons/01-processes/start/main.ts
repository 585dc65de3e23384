import { print, sleep, spawnFunction } from "lunatic";

/** Every process that runs this function counts for itself. */
function count(name: string): void {
  for (let number = 1; number <= 5; number++) {
    print(`${name}: ${number}`);
    sleep(500); // milliseconds
  }
}

export function main(): void {
  spawnFunction(count, "Ada");
  sleep(1200);
}
