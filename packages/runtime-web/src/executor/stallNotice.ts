import { EventKind } from "../inspect/events.ts";
import type { ExecutorEnvironment } from "./executorEnvironment.ts";

/**
 * Tells whoever watches that processes cannot start.
 * @param waiting     how many
 * @param stackLimit  of the runtime
 */
export function tellStall(
  environments: Iterable<ExecutorEnvironment>,
  waiting: number,
  stackLimit: number,
): void {
  const text = `${waiting} processes cannot start: all ${stackLimit} stacks that this browser bears are held by processes that wait. End some, or raise the option stackBudget.`;
  for (const { kernelPart } of environments) {
    kernelPart.sink?.emit(EventKind.Notice, kernelPart.root, 0, 0n, waiting, text);
  }
}
