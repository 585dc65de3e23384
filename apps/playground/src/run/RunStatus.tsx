import type { ExitReport } from "@lunatic-web/runtime";
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { formatDuration } from "../view/format.ts";
import type { RunPhase, Session } from "./session.ts";

/** How often the elapsed time moves on; it shows tenths of seconds. */
const TICK_MS = 100;

export function RunStatus({ session }: { readonly session: Session }) {
  const nowMs = useSignal(0);
  const phase = session.phase.value;
  useEffect(() => {
    if (phase !== "running" && phase !== "stopping") return;
    const timer = setInterval(() => {
      nowMs.value = performance.now();
    }, TICK_MS);
    return () => clearInterval(timer);
  }, [phase, nowMs]);

  const startedMs = session.startedMs.value;
  const elapsedMs = startedMs === undefined ? undefined : (session.endedMs.value ?? nowMs.value) - startedMs;
  const exit = session.exit.value;
  const isFailure = exit?.reason === "failure";
  return (
    <p class="run-status" data-testid="run-state" data-phase={phase} data-reason={exit?.reason}>
      <span class={`dot ${isFailure ? "failure" : phase}`} aria-hidden="true" />
      {/* Only the phase is announced: a running clock would never let a screen reader finish. */}
      <span role="status">{phase === "ended" && exit ? describeExit(exit) : PHASES[phase]}</span>
      {elapsedMs !== undefined && <span class="elapsed">{formatDuration(Math.max(0, elapsedMs))}</span>}
    </p>
  );
}

const PHASES: Readonly<Record<RunPhase, string>> = {
  idle: "ready",
  compiling: "compiling…",
  loading: "loading…",
  running: "running",
  stopping: "stopping…",
  ended: "ended",
};

/** How a run ended, in a few words. */
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
