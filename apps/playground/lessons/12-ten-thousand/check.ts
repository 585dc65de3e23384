import type { Goals } from "../../src/lessons/check/index.ts";

/** What every browser has at one time, also on a slow machine, where the first have ended before the last begin. */
const AT_ONCE = 1_000;
const COUNT = 10_000;

export const goals: Goals = [
  {
    id: "alive",
    title: "More than a thousand processes live at the same time",
    hint: "const COUNT = 10_000;",
    isReached: ({ mostAlive }) => mostAlive > AT_ONCE,
  },
  {
    id: "answers",
    title: "main gets a message of each of the 10,000",
    hint: "parent.send(unit()) at the end of cell. In main, a second loop that calls mailbox.receive().",
    isReached: (run) => run.received(1) >= COUNT,
  },
];
