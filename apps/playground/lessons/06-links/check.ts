import {
  type Goals,
  hasFailed,
  type WatchedProcess,
  type WatchedRun,
} from "../../src/lessons/check/index.ts";

/** Linked processes of main that failed, and of which it was told. */
function failures(run: WatchedRun): WatchedProcess[] {
  return (run.root?.linkEnds ?? []).flatMap((pid) => run.process(pid) ?? []).filter(hasFailed);
}

export const goals: Goals = [
  {
    id: "lives-on",
    title: "A linked process fails, and main is told and gets to its end",
    hint: "Call mailbox.catchLinkFailure() before you start it.",
    isReached: (run) => run.root?.ending === "returned" && failures(run).length > 0,
  },
  {
    id: "again",
    title: "After the failure, main starts another process, which does its work",
    hint: "signals.receive() waits until it has failed. After that, call spawnLink with a 2.",
    isReached: (run) =>
      failures(run).some(({ endedAt }) =>
        run.children(1).some((child) => child.startedAt > endedAt && child.ending === "returned"),
      ),
  },
];
