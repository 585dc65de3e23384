import { type Domain, Hold } from "../scheduler/domain.ts";
import type { Scheduler } from "../scheduler/scheduler.ts";

/** Work of the host takes no virtual time: a deterministic environment stands still until its answer is there. */
export function holdUntil<T>(scheduler: Scheduler, done: (outcome: T) => void): (outcome: T) => void {
  const domain: Domain | undefined = scheduler.active?.domain;
  if (!domain?.isDeterministic) return done;
  scheduler.hold(domain, Hold.AwaitingHost);
  return (outcome) => {
    done(outcome);
    scheduler.release(domain, Hold.AwaitingHost);
  };
}
