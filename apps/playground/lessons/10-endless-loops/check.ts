import type { Goals, WatchedProcess, WatchedRun } from "../../src/lessons/check/index.ts";

/** Ten turns: far more than anybody needs to write a few lines. */
const BUSY = 20_000_000;

/** Processes that compute without end. */
function spinners(run: WatchedRun): WatchedProcess[] {
  return run.children(1).filter(({ instructions }) => instructions >= BUSY);
}

export const goals: Goals = [
  {
    id: "four-loops",
    title: "Four processes compute without end, and take turns",
    hint: "for (let i = 0; i < 3; i++) spawn(spin, unit());",
    isReached: (run) => spinners(run).length >= 4,
  },
  {
    id: "talks-on",
    title: "Another one gets its turns and writes ten lines nevertheless",
    hint: "Leave Ada as she is, and let main sleep long enough.",
    isReached: (run) => spinners(run).length >= 4 && run.children(1).some(({ lines }) => lines.length >= 10),
  },
  {
    id: "killed",
    title: "main kills a busy process",
    hint: "spinner.kill(), after the sleep. Then sleep once more, so that main sees it end.",
    isReached: (run) => spinners(run).some(({ ending, endedBy }) => ending === "killed" && endedBy === 1),
  },
];
