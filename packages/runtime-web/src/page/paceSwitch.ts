import { PAUSED, type Pace, RUNNING } from "../inspect/pace.ts";
import type { ExitCause } from "../kernel/exit.ts";
import type { StepGoal, StepReport } from "../protocol/pacing.ts";
import { ProcessEndedError } from "./errors.ts";

/** What the hub does about the pace of an environment. */
export interface PaceOrders {
  /** @returns false: the environment has ended */
  setPace(pace: Pace): Promise<boolean>;
  step(goal: StepGoal): Promise<StepReport>;
  /** Why the environment has ended, when it has. */
  ended(): Promise<ExitCause>;
}

const MAX_SLICES_PER_SECOND = 10_000;
const MAX_SLICES_PER_STEP = 1_000_000;

/** Pause, step, resume and speed of one environment, as its user last set them. */
export class PaceSwitch {
  readonly #orders: PaceOrders;
  #isPaused = false;
  /** Slices a second; undefined: freely. */
  #speed: number | undefined;

  constructor(orders: PaceOrders) {
    this.#orders = orders;
  }

  pause(): Promise<void> {
    this.#isPaused = true;
    return this.#set(PAUSED);
  }

  resume(): Promise<void> {
    this.#isPaused = false;
    return this.#set(this.#pace());
  }

  /** @throws RangeError no number of slices to go */
  async step(goal: StepGoal): Promise<StepReport> {
    if (goal !== "message") requireSlices(goal.slices);
    this.#isPaused = true;
    return this.#orders.step(goal);
  }

  /** @throws RangeError no speed */
  async setSpeed(slicesPerSecond: number | undefined): Promise<void> {
    if (slicesPerSecond !== undefined) requireSpeed(slicesPerSecond);
    this.#speed = slicesPerSecond;
    if (!this.#isPaused) await this.#set(this.#pace());
  }

  #pace(): Pace {
    return this.#speed === undefined ? RUNNING : { state: "slow", slicesPerSecond: this.#speed };
  }

  async #set(pace: Pace): Promise<void> {
    if (await this.#orders.setPace(pace)) return;
    throw new ProcessEndedError(undefined, await this.#orders.ended());
  }
}

function requireSlices(slices: number): void {
  if (Number.isInteger(slices) && slices >= 1 && slices <= MAX_SLICES_PER_STEP) return;
  throw new RangeError(
    `A step takes a whole number of slices from 1 to ${MAX_SLICES_PER_STEP}, or "message", not ${slices}`,
  );
}

function requireSpeed(slicesPerSecond: number): void {
  if (slicesPerSecond > 0 && slicesPerSecond <= MAX_SLICES_PER_SECOND) return;
  throw new RangeError(
    `A speed is a number of slices a second, above 0 and up to ${MAX_SLICES_PER_SECOND}, or undefined for no limit, not ${slicesPerSecond}`,
  );
}
