import type { WatchedRun } from "./watchedRun.ts";

/** One thing that the exercise of a lesson asks for. */
export interface Goal {
  /** Unique in the lesson and kept for good: progress is saved under it. */
  readonly id: string;
  /** What is to happen, in a few words. */
  readonly title: string;
  /** For those who are stuck: a sentence that leads on without giving the code away. */
  readonly hint: string;
  /**
   * Whether it has happened in this run. Asked many times a second while the program runs, and not any more once it was
   * true. May say no of a run that is not over and yes later.
   */
  readonly isReached: (run: WatchedRun) => boolean;
}

/** What a lesson's `check.ts` exports as `goals`. */
export type Goals = readonly Goal[];
