import { type Goals, hasFailed } from "../../src/lessons/check/index.ts";

export const goals: Goals = [
  {
    id: "monitors",
    title: "main monitors two processes",
    hint: "const signals = mailbox.monitorable(); and then signals.monitor(…) for each of them.",
    isReached: ({ root }) => root !== undefined && root.monitors.size >= 2,
  },
  {
    id: "told",
    title: "It is told of both ends, also of the one that failed",
    hint: "signals.receive() waits for the next end. Call it twice, before main ends.",
    isReached: (run) => {
      const ended = new Set(run.root?.monitoredEnds);
      const processes = [...ended].flatMap((pid) => run.process(pid) ?? []);
      return ended.size >= 2 && processes.some(hasFailed);
    },
  },
  {
    id: "to-the-end",
    title: "main outlives them and gets to its end",
    hint: "A monitor lets nobody die. If main fails, look at its trap in the console.",
    isReached: ({ root }) => root?.ending === "returned" && root.monitoredEnds.length >= 2,
  },
];
