import {
  type Goals,
  hasFailed,
  type WatchedProcess,
  type WatchedRun,
} from "../../src/lessons/check/index.ts";

/** Processes that started another one of the same kind after one had failed. */
function supervisors(run: WatchedRun): WatchedProcess[] {
  return run.processes.filter(({ pid }) => {
    const children = run.children(pid);
    return children.some((one) =>
      children.some(
        (other) => one.ending === "trapped" && other.entry === one.entry && other.startedAt > one.startedAt,
      ),
    );
  });
}

export const goals: Goals = [
  {
    id: "together",
    title: "When the cook fails, the waiter is started again as well",
    hint: "this.strategy = Strategy.OneForAll",
    isReached: (run) =>
      supervisors(run).some(({ pid }) => {
        const children = run.children(pid);
        const kinds = new Set(children.map(({ entry }) => entry));
        const replaced = [...kinds].filter(
          (kind) => children.filter(({ entry }) => entry === kind).length > 1,
        );
        return replaced.length >= 2;
      }),
  },
  {
    id: "gives-up",
    title: "After three restarts the restaurant gives up",
    hint: "this.limitRestarts(3, 5000), beside the strategy. main orders five times, which is enough.",
    isReached: (run) =>
      supervisors(run).some(
        (supervisor) => hasFailed(supervisor) && run.children(supervisor.pid).length >= 4,
      ),
  },
];
