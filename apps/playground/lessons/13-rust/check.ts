import type { Goals, WatchedMessage, WatchedRun } from "../../src/lessons/check/index.ts";

/** What processes of the Rust program sent to main. */
function fromRust(run: WatchedRun): readonly WatchedMessage[] {
  const own = run.root?.module;
  return run.messages.filter(({ from, to }) => {
    const module = run.process(from)?.module;
    return to === 1 && module !== undefined && module !== 0 && module !== own;
  });
}

export const goals: Goals = [
  {
    id: "answer",
    title: "Rust answers a question of your main",
    hint: "@request abstract total(): i64; and then print(counter.total()).",
    // The answer to shutdown is empty.
    isReached: (run) => fromRust(run).some(({ bytes }) => bytes > 0),
  },
  {
    id: "shutdown",
    title: "main ends the counter in Rust, and is told that it is down",
    hint: "counter.shutdown() at the end of main.",
    isReached: (run) => fromRust(run).some(({ bytes }) => bytes === 0),
  },
];
