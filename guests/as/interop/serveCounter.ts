/** A Counter for programs in other languages: guests/rust/load/abstract_interop.rs describes the same process. */
import { Deferred, print, sleep } from "lunatic";

@process("abstract_interop::Counter")
class Counter {
  private limits: i64[] = [];
  private answers: Deferred<string>[] = [];

  constructor(private sum: i64) {}

  @message
  add(by: i64, reasons: string[]): void {
    this.sum += by;
    print(`as: ${by} added because of ${reasons.join(" and ")}`);
    for (let i = this.limits.length - 1; i >= 0; i--) {
      if (this.sum < this.limits[i]) continue;
      this.answers[i].send(`${this.sum} is at least ${this.limits[i]}`);
      this.limits.splice(i, 1);
      this.answers.splice(i, 1);
    }
  }

  @request
  total(): i64 {
    return this.sum;
  }

  @request
  describe(prefix: string | null): string {
    return (prefix === null ? "" : prefix) + this.sum.toString();
  }

  @deferred
  reached(limit: i64, answer: Deferred<string>): void {
    this.limits.push(limit);
    this.answers.push(answer);
  }

  @terminate
  end(): void {
    print(`as: the counter ends with ${this.sum}`);
  }
}

export function main(): void {
  const counter = Counter.startAs("counter", 10);
  print("as: a counter is there");
  while (counter.isAlive) sleep(20);
  print("as: the counter is gone");
}
