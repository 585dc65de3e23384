import { print, sleep } from "lunatic";

/** What the Rust program calls its counter, and what that one can do. */
@process("abstract_interop::Counter")
abstract class Counter {
  @message
  abstract add(by: i64, reasons: string[]): void;

  @request
  abstract total(): i64;
}

/** The Rust program needs a moment to start. */
function find(): CounterRef {
  while (true) {
    const counter = Counter.lookup("counter");
    if (counter !== null) return counter;
    sleep(20);
  }
}

export function main(): void {
  const counter = find();
  print("TypeScript: I have found it");
  counter.add(5, ["a greeting from TypeScript"]);
  print(`TypeScript: the total is ${counter.total()}`);
  counter.shutdown();
}
