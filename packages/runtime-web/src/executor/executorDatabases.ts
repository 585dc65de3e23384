import type { DatabaseAnswer, DatabaseCommand, DatabaseRequest, Databases } from "../abi/databases.ts";
import type { Process } from "../kernel/process.ts";
import type { Scheduler } from "../scheduler/scheduler.ts";
import { DatabaseClient, PATIENCE_MS } from "../sqlite/client/databaseClient.ts";
import { StorageError } from "../storage/fault.ts";
import type { FileTree } from "../storage/fileTree.ts";
import { holdUntil } from "./hostWork.ts";

/** The databases as the processes of one executor have them. */
export class ExecutorDatabases implements Databases {
  readonly client: DatabaseClient;
  readonly #scheduler: Scheduler;
  readonly #treeOf: (process: Process) => FileTree;

  /** @param wantLink asks the page for the way to the database worker */
  constructor(scheduler: Scheduler, treeOf: (process: Process) => FileTree, wantLink: () => void) {
    this.#scheduler = scheduler;
    this.#treeOf = treeOf;
    this.client = new DatabaseClient({ wantLink, arrived: () => scheduler.kick() });
  }

  nextNumber(): number {
    return this.client.nextNumber();
  }

  ask(request: DatabaseRequest, answer: (answer: DatabaseAnswer) => void): number {
    const { answer: done, release } = holdUntil(this.#scheduler, answer);
    return this.client.ask(request, done, this.#patienceMs, release);
  }

  /** Whether an answer comes at once or later depends on the machine, and who runs next on it: here it is always late. */
  get #patienceMs(): number {
    if (this.#scheduler.active?.domain.isDeterministic) return PATIENCE_MS.none;
    return this.#scheduler.runnable > 1 ? PATIENCE_MS.othersReady : PATIENCE_MS.alone;
  }

  tell(command: DatabaseCommand): void {
    this.client.tell(command);
  }

  hasDirectory(process: Process, path: string): boolean {
    try {
      this.#treeOf(process).directory(path);
      return true;
    } catch (error) {
      if (error instanceof StorageError) return false;
      throw error;
    }
  }
}
