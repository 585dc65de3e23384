import { type Goals, hasFailed, type WatchedRun } from "../../src/lessons/check/index.ts";

const SIGNERS = 3;
const LAST_LINE = "the end";

/** The lines of a file, as main has left it; none while it is at work, or where there is no such file. */
function lines(run: WatchedRun, path: string): readonly string[] {
  const text = run.text(path);
  if (run.root?.ending !== "returned" || text === undefined) return [];
  return text.split("\n").filter((line) => line.trim() !== "");
}

export const goals: Goals = [
  {
    id: "one-list",
    title: "Three processes sign one list",
    hint: 'appendText("book/guests.txt", name + "\\n") in place of names.push(name).',
    isReached: (run) =>
      run.children(1).filter(({ ending }) => ending === "returned").length >= SIGNERS &&
      lines(run, "/book/guests.txt").length >= SIGNERS,
  },
  {
    id: "jailed",
    title: "The guest leaves its word, and the secret is still there",
    hint: 'config.preopenDirectory("book/open");',
    isReached: (run) =>
      lines(run, "/book/open/hello.txt").length > 0 && lines(run, "/book/secret.txt").length > 0,
  },
  {
    id: "whole",
    title: "A report fails in the middle, and there is a whole one",
    hint: 'File.create("book/report.new"), and behind file.close(): rename("book/report.new", "book/report.txt").',
    isReached: (run) =>
      run.children(1).some(hasFailed) && lines(run, "/book/report.txt").at(-1) === LAST_LINE,
  },
];
