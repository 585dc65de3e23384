/** A process with a state: others send it messages, ask it for answers, and find it by its name. */
import { StartStatus, print } from "lunatic";

@process
class Counter {
  private total: i64 = 0;

  @init
  begin(start: i64): string | null {
    if (start < 0) return "a counter cannot start below zero";
    this.total = start;
    return null;
  }

  /** Nobody waits for it: the call returns at once. */
  @message
  add(by: i64): void {
    this.total += by;
  }

  /** The caller waits for the answer. */
  @request
  value(): i64 {
    return this.total;
  }

  @terminate
  end(): void {
    print(`the counter ends with ${this.total}`);
  }
}

export function main(): void {
  const counter = Counter.startAs("clicks", 40);
  counter.add(1);
  counter.add(1);
  print(`value ${counter.value()}`);

  const failed = Counter.tryStart(-1);
  print(`not started: ${failed}`);

  const second = Counter.tryStartAs("clicks", 0);
  if (second.status == StartStatus.NameTaken) print(`the name is taken by one with ${second.existing!.value()}`);

  // Whoever knows the name finds the process.
  const found = Counter.lookup("clicks");
  if (found !== null) found.add(8);

  const answer = counter.withTimeout(1000).value();
  print(answer.ok ? `value ${answer.value} in time` : "no answer");
  counter.shutdown();
  print(`alive: ${counter.isAlive}`);
}
