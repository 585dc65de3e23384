/** Tasks: functions that run at the same time, and whose results are waited for. */
import { Task, print, spawnTask } from "lunatic";

@message
class Range {
  constructor(
    readonly from: i32,
    readonly to: i32,
  ) {}
}

function countPrimes(range: Range): i32 {
  let count = 0;
  for (let n = range.from; n < range.to; n++) if (isPrime(n)) count++;
  return count;
}

function isPrime(n: i32): bool {
  if (n < 2) return false;
  for (let divisor = 2; divisor * divisor <= n; divisor++) if (n % divisor == 0) return false;
  return true;
}

export function main(): void {
  const tasks: Task<i32>[] = [];
  for (let i = 0; i < 4; i++) tasks.push(spawnTask(countPrimes, new Range(i * 2_500, (i + 1) * 2_500)));

  let total = 0;
  for (let i = 0; i < tasks.length; i++) {
    const count = tasks[i].result();
    print(`${i * 2_500} to ${(i + 1) * 2_500}: ${count}`);
    total += count;
  }
  print(`primes below 10000: ${total}`);
}
