import type { ExecutorIndex, Pid } from "./ids.ts";

/**
 * Where the processes of one environment live. Every executor of the environment, and the page, reads the same
 * directory; a pid leads to its executor without asking anyone.
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

  release(pid: Pid): void {
    this.#places.delete(pid);
  }
}
