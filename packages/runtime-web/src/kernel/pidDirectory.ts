import type { ExecutorIndex, Pid } from "./ids.ts";

/**
 * Where the processes of one environment live. A pid leads to its executor without asking anyone: all executors read the
 * same directory in shared memory, or each has its own part of it (DividedPidDirectory).
 */
export interface PidDirectory {
  /** The next pid: 1, 2, 3, … in order. Consumed even if the spawn it is for fails (host ABI ch. 4, step 3). */
  allocate(): Pid;
  /**
   * From here on the process exists. `by` is the executor whose process spawned it: when that one is lost, a spawn
   * still on its way is known to be lost with it.
   */
  place(pid: Pid, executor: ExecutorIndex, by: ExecutorIndex): void;
  /** @returns undefined for a pid that is unknown, still being created, or dead */
  locate(pid: Pid): ExecutorIndex | undefined;
  /** Where it lives or lived; undefined also for a process that died long ago. Tells whose deaths a lost executor hid. */
  lastPlace(pid: Pid): ExecutorIndex | undefined;
  /** @returns the `by` of place, for a pid that `locate` knows */
  placedBy(pid: Pid): ExecutorIndex | undefined;
  /**
   * The executor that knows whether this process lives, where this directory does not; what is for the process goes
   * there, and it is told when the process dies here. undefined: `locate` knows it exactly.
   */
  authority(pid: Pid): ExecutorIndex | undefined;
  /** A process is being created on `executor`, which will `place` it if its start function succeeds. */
  expect(pid: Pid, executor: ExecutorIndex): void;
  /** The process is dead, or its spawn failed. Called once for each allocated pid. Pids are never reused. */
  release(pid: Pid): void;
}

/** The directory of an environment that lives on one executor only. */
export class LocalPidDirectory implements PidDirectory {
  #next = 1;
  #places = new Map<Pid, { executor: ExecutorIndex; by: ExecutorIndex }>();

  allocate(): Pid {
    return this.#next++ as Pid;
  }

  place(pid: Pid, executor: ExecutorIndex, by: ExecutorIndex): void {
    this.#places.set(pid, { executor, by });
  }

  locate(pid: Pid): ExecutorIndex | undefined {
    return this.#places.get(pid)?.executor;
  }

  lastPlace(pid: Pid): ExecutorIndex | undefined {
    return this.locate(pid);
  }

  placedBy(pid: Pid): ExecutorIndex | undefined {
    return this.#places.get(pid)?.by;
  }

  authority(): undefined {
    return undefined;
  }

  expect(): void {}

  release(pid: Pid): void {
    this.#places.delete(pid);
  }
}
