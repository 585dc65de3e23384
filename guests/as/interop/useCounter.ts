/** Uses the Counter that guests/rust/load/abstract_interop.rs runs. */
import { Deferred, print, sleep } from "lunatic";

@process("abstract_interop::Counter")
abstract class Counter {
  @message
  abstract add(by: i64, reasons: string[]): void;

  @request
  abstract total(): i64;

  @request
  abstract describe(prefix: string | null): string;

  @deferred
  abstract reached(limit: i64, answer: Deferred<string>): void;
}

function find(): CounterRef {
  while (true) {
    const counter = Counter.lookup("counter");
    if (counter !== null) return counter;
    sleep(20);
  }
}

export function main(): void {
  const counter = find();
  print(`as: total ${counter.total()}`);
  counter.add(5, ["five", "more"]);
  print("as: " + counter.describe("now "));
  print("as: " + counter.describe(null));
  counter.withDelay(20).add(100, ["a delay"]);
  print("as: " + counter.reached(100));
  counter.shutdown();
  print("as: the counter has shut down");
}
