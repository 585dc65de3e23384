import { print } from "lunatic";

@process
class Counter {
  private total: i32 = 0;

  /** Nobody waits for it. */
  @message
  add(by: i32): void {
    this.total += by;
    print(`a counter is at ${this.total}`);
  }

  /** The caller waits for the answer. */
  @request
  value(): i32 {
    return this.total;
  }
}

export function main(): void {
  const counter = Counter.start();
  counter.add(40);
  counter.add(2);
  print(`main: ${counter.value()}`);

  const other = Counter.start();
  other.add(7);
  print(`main: the other one is at ${other.value()}`);
}
