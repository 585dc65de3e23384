import type { Goals, WatchedMessage, WatchedRun } from "../../src/lessons/check/index.ts";

/** What main asked one process, and what that one sent to it. */
function exchanges(run: WatchedRun): { questions: WatchedMessage[]; answers: WatchedMessage[] }[] {
  return run.children(1).map(({ pid }) => ({
    questions: run.messages.filter(({ from, to, isArgument }) => from === 1 && to === pid && !isArgument),
    answers: run.messages.filter(({ from, to }) => from === pid && to === 1),
  }));
}

function isAnswered(run: WatchedRun, times: number): boolean {
  const taken = run.root?.taken ?? 0;
  return exchanges(run).some(
    ({ questions, answers }) => Math.min(questions.length, answers.length, taken) >= times,
  );
}

export const goals: Goals = [
  {
    id: "answer",
    title: "main asks, and takes the answer",
    hint: "In the adder, question.replyTo is the handle of main. Send the sum to it.",
    isReached: (run) => isAnswered(run, 1),
  },
  {
    id: "again",
    title: "main asks a second time, and takes that answer too",
    hint: "Send another Question, with mailbox.self as before, and call mailbox.receive().",
    isReached: (run) => isAnswered(run, 2),
  },
];
