/** What the scheduler wants from the thread it runs in. Injected, so that tests and a virtual clock can stand in. */
export interface Platform {
  /** Monotonic milliseconds with fraction. */
  nowMs(): number;
  /** Runs `task` after the event loop had a chance to take messages in. One task may be posted at a time. */
  postMacrotask(task: () => void): void;
  /** Runs `task` once, at the earliest after `delayMs`. Returns what cancels it. */
  setTimer(task: () => void, delayMs: number): () => void;
}
