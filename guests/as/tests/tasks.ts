import { Mailbox, Unit, assertEqual, spawnTask } from "lunatic";

function factorial(n: u64): u64 {
  return n < 2 ? 1 : n * factorial(n - 1);
}

@message
class Range {
  constructor(
    readonly from: i32,
    readonly to: i32,
  ) {}
}

function sum(range: Range): i64 {
  let total: i64 = 0;
  for (let i = range.from; i <= range.to; i++) total += i;
  return total;
}

@test
function aTaskGivesItsResult(): void {
  assertEqual(spawnTask(factorial, 20).result(), 2432902008176640000);
}

@test
function resultsCanBeTakenInAnyOrder(): void {
  const first = spawnTask(sum, new Range(1, 10));
  const second = spawnTask(sum, new Range(1, 100));
  assertEqual(second.result(), 5050);
  assertEqual(first.result(), 55);
}

@test
function aTaskThatTakesLongIsNotWaitedFor(): void {
  const task = spawnTask((_: i32): i32 => {
    while (true) {}
  }, 1);
  assert(task.tryResult(1).isTimedOut);
  task.process.kill();
  Mailbox.of<Unit>().catchLinkFailure();
}

@test
function aTaskThatFailsIsToldToWhoCatchesFailures(): void {
  Mailbox.of<Unit>().catchLinkFailure();
  const task = spawnTask((n: i32): i32 => {
    assert(n != 0, "on purpose");
    return n;
  }, 0);
  const received = task.tryResult();
  assert(received.isLinkDied);
  assert(received.tag == task.tag);
}

@test
@shouldPanic("")
function aTaskThatFailsTakesWhoWaitsWithIt(): void {
  spawnTask((n: i32): i32 => {
    assert(n != 0, "on purpose");
    return n;
  }, 0).result();
}
