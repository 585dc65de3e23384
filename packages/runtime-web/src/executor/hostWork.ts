import { Hold } from "../scheduler/domain.ts";
import type { Scheduler } from "../scheduler/scheduler.ts";

/** Work of the host under way for the running process. */
export interface HostWork<T> {
  /** It is done. */
  answer(outcome: T): void;
  /** It waits for something that other processes do. Undefined: nothing is held. */
  readonly release: (() => void) | undefined;
}

/** Work of the host takes no virtual time: a deterministic environment stands still until its answer is there. */
export function holdUntil<T>(scheduler: Scheduler, answer: (outcome: T) => void): HostWork<T> {
  const domain = scheduler.active?.domain;
  if (!domain?.isDeterministic) return { answer, release: undefined };
  let isHeld = true;
  scheduler.hold(domain, Hold.AwaitingHost);
  const release = (): void => {
    if (!isHeld) return;
    isHeld = false;
    scheduler.release(domain, Hold.AwaitingHost);
  };
  return {
    answer: (outcome) => {
      answer(outcome);
      release();
    },
    release,
  };
}
