import type { Goals, WatchedProcess, WatchedRun } from "../../src/lessons/check/index.ts";

/** Messages that a process took out of its mailbox, without the argument it began with. */
function received(run: WatchedRun, { pid, taken }: WatchedProcess): number {
  return taken - run.messages.filter(({ to, isArgument }) => to === pid && isArgument).length;
}

export const goals: Goals = [
  {
    id: "greets-all",
    title: "One process takes three messages, and writes a line for each",
    hint: "Put both lines of greeter into a loop that never ends: while (true) { … }",
    isReached: (run) => run.children(1).some((child) => child.lines.length >= 3 && received(run, child) >= 3),
  },
  {
    id: "two-mailboxes",
    title: "Two processes get messages, each its own",
    hint: 'const other = spawn(greeter, "bonjour"), and then send to other.',
    isReached: (run) =>
      run.children(1).filter((child) => child.lines.length >= 1 && received(run, child) >= 1).length >= 2,
  },
];
