import type { Goals, WatchedProcess, WatchedRun } from "../../src/lessons/check/index.ts";

/**
 * Processes that main asked something and that answered. The first message of each says that it is ready; an answer to
 * shutdown is empty.
 */
function answering(run: WatchedRun): readonly WatchedProcess[] {
  return run
    .children(1)
    .filter(
      ({ pid }) =>
        run.messages.filter(({ from, to, bytes }) => from === pid && to === 1 && bytes > 0).length > 1,
    );
}

export const goals: Goals = [
  {
    id: "asked",
    title: "main asks a counter for its total, and gets an answer",
    hint: "Write @request over value(): i32, and let it return this.total. In main: print(counter.value()).",
    isReached: (run) => answering(run).length >= 1,
  },
  {
    id: "two",
    title: "Two counters answer",
    hint: "const other = Counter.start(); is another process with a total of its own.",
    isReached: (run) => answering(run).length >= 2,
  },
];
