import type { Pace } from "../inspect/pace.ts";
import type { HubToExecutor } from "../protocol/hubExecutor.ts";
import type { PaceCommand, PaceReport, StepGoal, StepReport } from "../protocol/pacing.ts";
import { PacedEnvironment } from "./pacedEnvironment.ts";

/** What pacing needs of the fleet. */
export interface PacedFleet {
  readonly indices: readonly number[];
  tell(executor: number, message: HubToExecutor): void;
}

interface Question {
  readonly executor: number;
  readonly resolve: (report: PaceReport | undefined) => void;
}

/** Pause, step, resume and slow motion of environments, over all executors: those whom somebody has ever touched so. */
export class Pacing {
  readonly #fleet: PacedFleet;
  readonly #environments = new Map<number, PacedEnvironment>();
  readonly #questions = new Map<number, Question>();
  #nextRequest = 1;

  constructor(fleet: PacedFleet) {
    this.#fleet = fleet;
  }

  /** Resolves when it is so on every executor. @returns false: no such environment runs */
  setPace(environment: number, pace: Pace): Promise<boolean> {
    return this.#paced(environment).setPace(pace);
  }

  step(environment: number, goal: StepGoal): Promise<StepReport> {
    return this.#paced(environment).step(goal);
  }

  /** @param report undefined: the environment is not open there */
  answered(request: number, report: PaceReport | undefined): void {
    const question = this.#questions.get(request);
    this.#questions.delete(request);
    question?.resolve(report);
  }

  executorLost(executor: number): void {
    for (const [request, question] of this.#questions) {
      if (question.executor === executor) this.answered(request, undefined);
    }
  }

  /** The environment is closed everywhere. */
  ended(environment: number): void {
    this.#environments.get(environment)?.end();
    this.#environments.delete(environment);
  }

  #paced(id: number): PacedEnvironment {
    let paced = this.#environments.get(id);
    if (paced === undefined) {
      paced = new PacedEnvironment({
        executors: () => this.#fleet.indices,
        ask: (executor, command) => this.#ask(id, executor, command),
        wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      });
      this.#environments.set(id, paced);
    }
    return paced;
  }

  #ask(environment: number, executor: number, command: PaceCommand): Promise<PaceReport | undefined> {
    const request = this.#nextRequest++;
    return new Promise((resolve) => {
      this.#questions.set(request, { executor, resolve });
      this.#fleet.tell(executor, { type: "pace", request, environment, command });
    });
  }
}
