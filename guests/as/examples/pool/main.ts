/** A pool of workers behind one process: it gives each job to the worker that is free, and queues the others. */
import { Deferred, print } from "lunatic";

@message
class Job {
  constructor(
    public number: u64,
    public answer: Deferred<u64>,
  ) {}
}

@process
class Worker {
  constructor(private pool: PoolRef) {}

  @message
  work(job: Job): void {
    job.answer.send(sumOfDivisors(job.number));
    this.pool.free(Worker.self());
  }
}

@process
class Pool {
  private idle: WorkerRef[] = [];
  private queue: Job[] = [];

  @init
  begin(workers: i32): void {
    for (let i = 0; i < workers; i++) this.idle.push(Worker.link().start(Pool.self()));
  }

  /** The worker answers the caller; the pool goes on at once. */
  @deferred
  compute(number: u64, answer: Deferred<u64>): void {
    this.queue.push(new Job(number, answer));
    this.next();
  }

  @message
  free(worker: WorkerRef): void {
    this.idle.push(worker);
    this.next();
  }

  private next(): void {
    while (this.idle.length > 0 && this.queue.length > 0) this.idle.pop().work(this.queue.shift());
  }
}

function sumOfDivisors(number: u64): u64 {
  let sum: u64 = 0;
  for (let i: u64 = 1; i <= number; i++) if (number % i == 0) sum += i;
  return sum;
}

export function main(): void {
  const pool = Pool.start(3);
  for (let number = 10; number <= 16; number++) print(`${number}: ${pool.compute(number)}`);
}
