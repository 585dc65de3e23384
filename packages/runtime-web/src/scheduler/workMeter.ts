/** What a switch between processes counts as, in instructions: it takes the time of about so many. */
const WORK_OF_SWITCH = 1_000;

/** A process whose instructions are counted. */
export interface Worker {
  /** Instructions it has executed in slices that are over. */
  readonly fuelUsed: number;
  /** Those of the slice under way included. */
  readonly executed: number;
}

/**
 * How much an executor has done, in instructions of its guests: a sign of how much time has passed that costs a tenth of a
 * look at the clock. While no guest runs there is no such sign.
 */
export class WorkMeter {
  #done = 0;
  #worker: Worker | undefined;
  /** Its instructions before the slice. */
  #before = 0;
  #pauses = 0;

  /** A process goes on. */
  begin(worker: Worker): void {
    this.end();
    this.#done += WORK_OF_SWITCH;
    this.#worker = worker;
    this.#before = worker.fuelUsed;
  }

  /** It has given its thread up. */
  end(): void {
    if (this.#worker === undefined) return;
    this.#done += this.#worker.executed - this.#before;
    this.#worker = undefined;
  }

  /** The thread did something else meanwhile, for nobody knows how long. */
  pause(): void {
    this.#pauses++;
  }

  /** Changes at each `pause`: work of before and after cannot be compared. */
  get pauses(): number {
    return this.#pauses;
  }

  /** Instructions until now; undefined while no guest runs. */
  get done(): number | undefined {
    return this.#worker === undefined ? undefined : this.#done + this.#worker.executed - this.#before;
  }
}
