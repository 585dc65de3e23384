import type { ExitReport } from "@lunatic-web/runtime";

/** How a run ended, in a word or a few. */
export function describeExit({ cause }: ExitReport): string {
  switch (cause.type) {
    case "returned":
      return "finished";
    case "exited":
      return cause.code === 0 ? "finished" : `exit code ${cause.code}`;
    case "trapped":
      return "trapped";
    case "threw":
      return "threw";
    case "killed":
      return cause.by === 0 ? "stopped" : `killed by process ${cause.by}`;
    case "linkDied":
      return `ended with linked process ${cause.pid}`;
    case "limit":
      return `${cause.limit} limit reached`;
    case "environmentEnded":
      return "stopped";
    case "executorLost":
      return "executor lost";
    case "hostFault":
      return "failed by a bug of the runtime";
    default:
      return cause satisfies never;
  }
}
