import type { ExecutorCounts } from "../protocol/usage.ts";
import type { Scheduler } from "../scheduler/scheduler.ts";
import type { StackBudget } from "../scheduler/stackBudget.ts";
import type { ExecutorEnvironment } from "./executorEnvironment.ts";

/** Counts what an executor holds. */
export function countUsage(
  environments: Iterable<ExecutorEnvironment>,
  { residence }: Scheduler,
  budget: StackBudget,
): ExecutorCounts {
  const sums = { environments: 0, processes: 0, timers: 0, messageBytes: 0, resourceBytes: 0 };
  for (const { kernelPart, domain } of environments) {
    sums.environments++;
    sums.processes += kernelPart.processes.size + kernelPart.launching.size;
    sums.timers += domain.timers.pending;
    sums.messageBytes += kernelPart.mail.bytes;
    sums.resourceBytes += kernelPart.mail.heldBytes;
  }
  return {
    ...sums,
    memoryBytes: residence.sizeBytes,
    usedBytes: residence.usedBytes,
    uncleanedBytes: residence.dirtyBytes,
    stacks: budget.own,
    destroyedStacks: budget.ownDestroyed,
  };
}
