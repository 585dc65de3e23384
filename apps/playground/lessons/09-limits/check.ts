import { type Goals, hasFailed, type WatchedRun } from "../../src/lessons/check/index.ts";

/** Whether a process failed of which the runtime says that it was denied something. */
function failsFor(run: WatchedRun, what: RegExp): boolean {
  return run.processes.some(
    (process) => hasFailed(process) && process.notices.some((notice) => what.test(notice)),
  );
}

export const goals: Goals = [
  {
    id: "memory",
    title: "A process that wants too much memory fails",
    hint: "config.maxMemory = 1_000_000;",
    isReached: (run) => failsFor(run, /denied memory/),
  },
  {
    id: "spawn",
    title: "A process that may not start others fails when it tries",
    hint: "config.canSpawnProcesses = false;",
    isReached: (run) => failsFor(run, /denied a spawn/),
  },
  {
    id: "main-lives",
    title: "main is told of both, and gets to its end",
    hint: "It catches link failures already: leave that as it is.",
    isReached: ({ root }) => root?.ending === "returned" && root.linkEnds.length >= 2 && root.taken >= 2,
  },
];
