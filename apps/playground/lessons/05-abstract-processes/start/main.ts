import { print, sleep } from "lunatic";

@process
class Counter {
  private total: i32 = 0;

  /** Nobody waits for it. */
  @message
  add(by: i32): void {
    this.total += by;
    print(`a counter is at ${this.total}`);
  }
}

export function main(): void {
  const counter = Counter.start();
  counter.add(40);
  counter.add(2);
  sleep(500);
}
