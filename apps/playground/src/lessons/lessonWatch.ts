import type { History, InspectionEvent } from "@lunatic-web/runtime/inspect";
import type { Program } from "../programs/catalog.ts";
import type { Session } from "../run/session.ts";
import type { Goal, Goals } from "./check/goal.ts";
import { GoalTracker } from "./check/goalTracker.ts";
import { StorageLook, type WatchedStorage } from "./check/storageLook.ts";
import { RunWatch } from "./check/watchedRun.ts";

/** What the watch needs of the session. */
export type WatchedSession = Pick<
  Session,
  "program" | "history" | "model" | "output" | "frames" | "onEvents" | "onOutput"
> & {
  storage(): Promise<WatchedStorage>;
};

/**
 * Follows the runs of one program and tells which goals of its lesson they reach.
 * @param ignoredRuns histories of runs that do not count: the visitor began the lesson anew
 * @param onReached called with the goals that a run has just reached, and the ids of all that were since the watch began
 * @returns ends it
 */
export function watchLesson(
  session: WatchedSession,
  program: Program,
  goals: Goals,
  ignoredRuns: WeakSet<History>,
  onReached: (fresh: readonly Goal[], reached: readonly string[]) => void,
): () => void {
  const tracker = new GoalTracker(goals);
  let history = session.history;
  let storage: StorageLook;
  let run = begin();

  function begin(): RunWatch {
    storage = new StorageLook(() => session.storage(), look);
    return new RunWatch(storage);
  }

  /** @returns whether the run counts */
  function look(): boolean {
    if (!follow()) return false;
    const fresh = tracker.look(run);
    if (fresh.length > 0) onReached(fresh, tracker.reached);
    return true;
  }

  /** @returns whether the run that goes on, or was the last, counts */
  function follow(): boolean {
    if (session.history !== history) {
      history = session.history;
      storage.close();
      run = begin();
    }
    return session.program.peek()?.name === program.name && !ignoredRuns.has(history);
  }

  /** The run may have begun before its lesson's check was loaded. */
  function catchUp(): void {
    if (!follow()) return;
    const events: InspectionEvent[] = [];
    for (let position = history.first; position < history.end; position++) {
      events.push(history.event(position));
    }
    run.apply(events, session.model);
    for (const { pid, kind, text } of session.output.lines) {
      if (kind === "stdout") run.write(pid, kind, `${text}\n`);
    }
  }
  catchUp();

  const stopEvents = session.onEvents((events) => {
    if (follow()) run.apply(events, session.model);
  });
  const stopOutput = session.onOutput(({ pid, stream, text }) => {
    if (follow()) run.write(pid, stream, text);
  });
  // Once per frame: a goal may look at thousands of processes.
  const stopFrames = session.frames.frame.subscribe(() => {
    if (look()) storage.refresh(run.ends);
  });

  return () => {
    stopEvents();
    stopOutput();
    stopFrames();
    storage.close();
  };
}
