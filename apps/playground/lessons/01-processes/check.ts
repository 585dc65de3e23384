import type { Goals } from "../../src/lessons/check/index.ts";

export const goals: Goals = [
  {
    id: "to-the-end",
    title: "A process that main started gets to the end of its function",
    hint: "Five steps of 500 ms take two and a half seconds. How long does main live?",
    isReached: (run) => run.children(1).some(({ ending }) => ending === "returned"),
  },
  {
    id: "three-at-once",
    title: "Three of them run at the same time",
    hint: "Call spawnFunction once for each, one after the other, before main sleeps.",
    // Each of them began before the first of them ended.
    isReached: (run) => {
      const children = run.children(1);
      return children.some(
        (child) =>
          children.filter(
            ({ startedAt, endedAt }) =>
              startedAt <= child.startedAt && (endedAt === 0 || endedAt > child.startedAt),
          ).length >= 3,
      );
    },
  },
];
