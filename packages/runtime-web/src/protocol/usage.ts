/** What one executor holds at a moment. */
export interface ExecutorCounts {
  readonly environments: number;
  /** Processes that live here, those of the page and those that have not started among them. */
  readonly processes: number;
  /** Time-outs and delayed messages that are pending. */
  readonly timers: number;
  /** What waiting messages count for (RuntimeOptions.messageMemory), bytes. */
  readonly messageBytes: number;
  /** What else is held for processes outside of their memories, and counts for the same limit: configs, names, and so on. */
  readonly resourceBytes: number;
  /** What the browser has given for processes' memories. It is kept for the next ones, and freed by `close`. */
  readonly memoryBytes: number;
  /** How much of it living processes have. */
  readonly usedBytes: number;
  /** How much of it ended processes have left, to be cleaned in an idle moment. */
  readonly uncleanedBytes: number;
  /** Stacks that processes hold, or that are kept for the next ones. */
  readonly stacks: number;
  /** Stacks that a trap of the engine has torn down: what each costs comes back only with the tab's end. */
  readonly destroyedStacks: number;
}

/** The page to an executor. */
export interface UsageQuestion {
  readonly type: "usage";
  readonly request: number;
}

export interface UsageAnswer {
  readonly type: "usage";
  readonly request: number;
  readonly counts: ExecutorCounts;
}
