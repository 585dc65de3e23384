import { PAUSED, type Pace, RUNNING } from "../inspect/pace.ts";
import type { PaceCommand, PaceReport, StepGoal, StepReport } from "../protocol/pacing.ts";

export interface PacedExecutors {
  /** Indices of the executors that are alive. */
  executors(): readonly number[];
  /** @returns undefined: the environment is not open there, or the executor was lost */
  ask(executor: number, command: PaceCommand): Promise<PaceReport | undefined>;
  wait(ms: number): Promise<void>;
}

/** Slow motion looks at least so often, milliseconds, whether there is something to do; faster ones do several steps at once. */
const SHORTEST_TICK_MS = 16;

/** Between two looks whether what executors have posted to each other has arrived, milliseconds. */
const ARRIVAL_MS = 1;

/**
 * The pace of one environment on all executors. While it does not run freely it stands still everywhere, and moves by
 * slices that are given out here, one executor after the other: so there is one order of what happens, and one process
 * at a time. Commands are carried out one after another; a newer one ends what an older one still wants to do.
 */
export class PacedEnvironment {
  readonly #fleet: PacedExecutors;
  #pace = RUNNING;
  /** Settles when the commands so far have been carried out. */
  #queue: Promise<unknown> = Promise.resolve();
  /** Number of the newest command. */
  #newest = 0;
  /** Which executor is asked first for the next slice. */
  #turn = 0;
  #hasEnded = false;

  constructor(fleet: PacedExecutors) {
    this.#fleet = fleet;
  }

  /** @returns false: the environment has ended */
  setPace(pace: Pace): Promise<boolean> {
    const command = ++this.#newest;
    return this.#inTurn(async () => {
      await this.#apply(pace);
      if (pace.state === "slow") void this.#goSlowly(pace.slicesPerSecond!, command);
      return !this.#hasEnded;
    });
  }

  /** Pauses first what is not paused. */
  step(goal: StepGoal): Promise<StepReport> {
    const command = ++this.#newest;
    return this.#inTurn(async () => {
      if (this.#pace.state !== "paused") await this.#apply(PAUSED);
      return this.#stepTo(goal, command);
    });
  }

  /** The environment is closed. */
  end(): void {
    this.#hasEnded = true;
  }

  async #apply(pace: Pace): Promise<void> {
    const wasRunning = this.#pace.state === "running";
    this.#pace = pace;
    const reports = await this.#askAll({ type: "set", pace });
    if (!wasRunning || pace.state === "running") return;
    // The clocks were stopped one after another; events of all executors are compared by them.
    await this.#askAll({ type: "advance", toMs: Math.max(0, ...reports.map((report) => report.nowMs)) });
  }

  async #stepTo(goal: StepGoal, command: number): Promise<StepReport> {
    const done = { slices: 0, pid: undefined as number | undefined, sawMessage: false };
    while (!this.#hasEnded) {
      if (command !== this.#newest) return { outcome: "interrupted", ...done };
      const report = await this.#runSlice(command, Number.POSITIVE_INFINITY);
      if (report === undefined) break;
      done.slices++;
      done.pid = report.ran;
      done.sawMessage ||= report.sawMessage;
      const isReached = goal === "message" ? done.sawMessage : done.slices >= goal.slices;
      if (isReached) return { outcome: "stepped", ...done };
    }
    if (this.#hasEnded) return { outcome: "ended", ...done };
    return { outcome: command === this.#newest ? "idle" : "interrupted", ...done };
  }

  /** @param command  number of the one that wants it; a newer one ends it */
  async #goSlowly(slicesPerSecond: number, command: number): Promise<void> {
    const tickMs = Math.max(1000 / slicesPerSecond, SHORTEST_TICK_MS);
    const perTick = (slicesPerSecond * tickMs) / 1000;
    let due = 0;
    while (command === this.#newest && !this.#hasEnded) {
      await this.#fleet.wait(tickMs);
      // Time passes as it would while something waits for it, and not at all while processes run.
      let idleMs = tickMs;
      for (due += perTick; due >= 1 && command === this.#newest; due--) {
        const report = await this.#inTurn(() => this.#runSlice(command, idleMs));
        idleMs = 0;
        if (report === undefined) {
          due = 0;
          break;
        }
      }
    }
  }

  /**
   * Lets one process run for one slice. Where none can, time goes on to the next timer first.
   * @param longestWaitMs  farther than this, time does not jump
   * @returns undefined: nothing ran
   */
  async #runSlice(command: number, longestWaitMs: number): Promise<PaceReport | undefined> {
    let waitMs = longestWaitMs;
    while (command === this.#newest) {
      const idle: PaceReport[] = [];
      const executors = this.#fleet.executors();
      for (let offset = 0; offset < executors.length; offset++) {
        const index = (this.#turn + offset) % executors.length;
        const report = await this.#fleet.ask(executors[index]!, { type: "step" });
        if (report?.ran !== undefined) {
          this.#turn = index + 1;
          return report;
        }
        if (report !== undefined) idle.push(report);
      }
      this.#hasEnded ||= idle.length === 0 || idle.some((report) => report.hasEnded);
      if (this.#hasEnded) return undefined;
      if (isUnderWay(idle)) {
        await this.#fleet.wait(ARRIVAL_MS);
        continue;
      }
      const nowMs = Math.max(...idle.map((report) => report.nowMs));
      const timerMs = Math.min(...idle.map((report) => report.nextTimerMs ?? Number.POSITIVE_INFINITY));
      const isDeterministic = idle.some((report) => report.isDeterministic);
      if (timerMs === Number.POSITIVE_INFINITY) return undefined;
      const toMs = isDeterministic ? timerMs : Math.min(timerMs, nowMs + waitMs);
      await this.#askAll({ type: "advance", toMs });
      if (toMs < timerMs) return undefined;
      waitMs -= toMs - nowMs;
    }
    return undefined;
  }

  async #askAll(command: PaceCommand): Promise<PaceReport[]> {
    const asked = this.#fleet.executors().map((executor) => this.#fleet.ask(executor, command));
    const reports = (await Promise.all(asked)).filter((report) => report !== undefined);
    if (reports.length === 0 || reports.some((report) => report.hasEnded)) this.#hasEnded = true;
    return reports;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => {});
    return result;
  }
}

/**
 * Whether something is on its way between executors that may make a process runnable: what executors post to each other
 * can be overtaken by the hub's question.
 */
function isUnderWay(reports: readonly PaceReport[]): boolean {
  return reports.some((from) =>
    reports.some((to) => from.envelopes.posted[to.executor] !== to.envelopes.received[from.executor]),
  );
}
