import type { Pace } from "../inspect/pace.ts";
import type { PaceCommand, PaceReport } from "../protocol/pacing.ts";
import { Hold } from "../scheduler/domain.ts";
import type { Scheduler } from "../scheduler/scheduler.ts";
import type { EnvelopeTally } from "./envelopeTally.ts";
import type { ExecutorEnvironment } from "./executorEnvironment.ts";

/** Carries out what the hub orders about the pace of environments on this executor. */
export class PaceControl {
  readonly #scheduler: Scheduler;
  readonly #executor: number;
  readonly #tally: EnvelopeTally;

  /** @param executor  its own index */
  constructor(scheduler: Scheduler, executor: number, tally: EnvelopeTally) {
    this.#scheduler = scheduler;
    this.#executor = executor;
    this.#tally = tally;
  }

  /** @param answer called once, when the command is carried out */
  handle(environment: ExecutorEnvironment, command: PaceCommand, answer: (report: PaceReport) => void): void {
    const { domain } = environment;
    switch (command.type) {
      case "set":
        this.#set(environment, command.pace);
        answer(this.#report(environment));
        break;
      case "advance":
        domain.advanceTo(command.toMs);
        answer(this.#report(environment));
        break;
      case "step":
        environment.watchMessages();
        this.#scheduler.step(domain, (ran) => {
          const sawMessage = environment.unwatchMessages();
          // Who has waited for the step wants to see what it did.
          environment.flush();
          answer({ ...this.#report(environment), ran: ran?.pid, sawMessage });
        });
        break;
      default:
        command satisfies never;
    }
  }

  /** What goes slowly stands still here: the hub steps it. */
  #set(environment: ExecutorEnvironment, pace: Pace): void {
    const { domain } = environment;
    const isRunning = pace.state === "running";
    if (!isRunning && !domain.isHeld(Hold.Paused)) this.#scheduler.hold(domain, Hold.Paused);
    environment.pace = pace;
    environment.flush();
    if (isRunning && domain.isHeld(Hold.Paused)) this.#scheduler.release(domain, Hold.Paused);
  }

  #report({ domain, kernelPart }: ExecutorEnvironment): PaceReport {
    return {
      executor: this.#executor,
      envelopes: this.#tally.of(kernelPart.id),
      ran: undefined,
      sawMessage: false,
      nowMs: domain.clock.nowMs(),
      nextTimerMs: domain.timers.nextDeadlineMs,
      isDeterministic: domain.isDeterministic,
      hasEnded: domain.isHeld(Hold.Ended),
    };
  }
}
