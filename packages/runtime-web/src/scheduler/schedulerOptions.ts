import type { Platform } from "./platform.ts";
import type { InstanceLinker } from "./residence.ts";
import type { StackBudget } from "./stackBudget.ts";

/** What a scheduler gets from its executor. */
export interface SchedulerOptions {
  readonly platform: Platform;
  readonly stackBudget: StackBudget;
  /** Host functions for a module's own imports. */
  readonly linker: InstanceLinker;
  /** Modules are instrumented for arenas in shared memory. */
  readonly sharesArenas: boolean;
  /** Takes in what other executors sent. Called at the start of every turn; cheap when there is nothing. */
  pollPeers(): void;
  /** Tells the other executors how many processes could run here. */
  publishLoad(runnable: number): void;
  /** A process has used up a slice, so there is real work here: others may take processes that wait to start. */
  shareWork(): void;
  /** `waiting` processes cannot start and nothing that runs will end: no stack will become free by itself. */
  onStall(waiting: number): void;
}
