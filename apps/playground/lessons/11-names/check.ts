import type { Goals, WatchedRun } from "../../src/lessons/check/index.ts";

/** Processes that wrote to one with a name, and have not started it. */
function writers(run: WatchedRun): Set<number> {
  const named = new Set(run.processes.filter(({ names }) => names.size > 0).map(({ pid }) => pid));
  const letters = run.messages.filter(
    ({ from, to }) => named.has(to) && from !== 0 && from !== run.process(to)?.parent,
  );
  return new Set(letters.map(({ from }) => from));
}

export const goals: Goals = [
  {
    id: "name",
    title: "A process has a name",
    hint: 'logger.register("logger"), right after it was started.',
    isReached: (run) => run.processes.some(({ names }) => names.size > 0),
  },
  {
    id: "found",
    title: "A process that was given no handle of it writes to it",
    hint: "The worker looks it up as soon as it starts: the name must be there before.",
    isReached: (run) => writers(run).size >= 1,
  },
  {
    id: "two",
    title: "A second one does so too",
    hint: 'spawn(work, "Grace")',
    isReached: (run) => writers(run).size >= 2,
  },
];
