import type { Goals } from "../../src/lessons/check/index.ts";

const COUNT = 10_000;

export const goals: Goals = [
  {
    id: "alive",
    title: "10,000 processes live at the same time",
    hint: "const COUNT = 10_000;",
    isReached: ({ mostAlive }) => mostAlive >= COUNT,
  },
  {
    id: "answers",
    title: "main gets 10,000 answers",
    hint: "In main, cells[i].send(unit()) for each; in cell, parent.send(unit()) after it has received.",
    isReached: (run) => run.received(1) >= COUNT,
  },
];
