import type { EnvironmentId, ExecutorIndex, Pid } from "./ids.ts";
import { NO_PID } from "./ids.ts";
import type { PidDirectory } from "./pidDirectory.ts";
import type { Process } from "./process.ts";

export interface EnvironmentOptions {
  /** Executor that keeps the registry; the root process runs there. */
  readonly home: ExecutorIndex;
  readonly directory: PidDirectory;
  /** Nodes on other machines do not exist yet. */
  readonly distributed: false;
}

/** A namespace of processes as one executor sees it: the processes that live here, and the way to the others. */
export class Environment {
  readonly id: EnvironmentId;
  readonly home: ExecutorIndex;
  readonly directory: PidDirectory;
  /** Processes of this executor that are in the environment; not those inside their start function. */
  readonly processes = new Map<Pid, Process>();
  /** NO_PID on executors that did not spawn the root. */
  root: Pid = NO_PID;
  closed = false;
  /** Handles of send_after timers, which outlive their process but not the environment. */
  readonly timerHandles = new Set<number>();

  constructor(id: EnvironmentId, options: EnvironmentOptions) {
    this.id = id;
    this.home = options.home;
    this.directory = options.directory;
  }
}
