/** A supervisor restarts the child that crashes; the other one does not notice. */
import { Strategy, Supervisor, print, sleep } from "lunatic";

@process
class Divider {
  private count: i32 = 0;

  constructor(private name: string) {
    print(`${name} starts`);
  }

  /** Crashes for b = 0, as the language does it. */
  @message
  divide(a: i32, b: i32): void {
    print(`${this.name}: ${a} / ${b} = ${a / b}`);
    this.count++;
  }

  @request
  done(): i32 {
    return this.count;
  }

  @terminate
  end(): void {
    print(`${this.name} ends after ${this.count}`);
  }
}

@supervisor
class Office extends Supervisor {
  @child left: DividerChild = Divider.child("left").named("left");
  @child right: DividerChild = Divider.child("right");

  @init
  begin(): void {
    this.strategy = Strategy.OneForOne;
    this.limitRestarts(3, 5000);
  }
}

export function main(): void {
  const office = Office.start();
  const first = office.children();
  first.left.divide(84, 2);
  print(`left has done ${first.left.done()}`);
  first.right.divide(9, 3);
  print(`right has done ${first.right.done()}`);

  first.left.divide(1, 0);

  // The child that is there after the restart is another process.
  let second = office.children();
  while (second.left.equals(first.left)) {
    sleep(5);
    second = office.children();
  }
  print(`left is a new process: ${first.left.id != second.left.id}, right the same: ${first.right.equals(second.right)}`);
  print(`left has done ${second.left.done()}, right ${second.right.done()}`);
  Divider.lookup("left")!.divide(10, 5);
  print(`left has done ${second.left.done()}`);
  office.shutdown();
}
