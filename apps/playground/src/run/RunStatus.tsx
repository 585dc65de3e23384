import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { RunControl } from "../control/runControl.ts";
import { SPEEDS } from "../control/speeds.ts";
import { formatDuration } from "../view/format.ts";
import { formatMoment } from "../view/time/formatMoment.ts";
import { describeExit } from "./describeExit.ts";
import type { RunPhase, Session } from "./session.ts";

/** How often the elapsed time moves on; it shows tenths of seconds. */
const TICK_MS = 100;

export interface RunStatusProps {
  readonly session: Session;
  readonly control: RunControl;
}

/** Whether it runs, since when, and by which clock. */
export function RunStatus({ session, control }: RunStatusProps) {
  const phase = session.phase.value;
  const exit = session.exit.value;
  const pace = phase === "running" ? paceOf(control) : undefined;
  const isFailure = exit?.reason === "failure";
  return (
    <p
      class="run-status"
      data-testid="run-state"
      data-phase={phase}
      data-pace={pace?.state}
      data-reason={exit?.reason}
    >
      <span class={`dot ${isFailure ? "failure" : (pace?.state ?? phase)}`} aria-hidden="true" />
      {/* Only the phase is announced: a running clock would never let a screen reader finish. */}
      <span role="status">{pace?.text ?? describePhase(session)}</span>
      <Clock session={session} isWall={pace === undefined && session.started.value?.seed === undefined} />
    </p>
  );
}

/** undefined: it runs as fast as it can. */
function paceOf(
  control: RunControl,
): { readonly state: "paused" | "slow"; readonly text: string } | undefined {
  if (control.isPaused.value) return { state: "paused", text: "paused" };
  const { name, slicesPerSecond } = SPEEDS[control.speed.value]!;
  return slicesPerSecond === undefined ? undefined : { state: "slow", text: `at ${name}` };
}

function describePhase({ phase, exit, recording }: Session): string {
  if (recording.value) {
    const { program, exit } = recording.value;
    return `recording of ${program}${exit === undefined ? "" : `, ${exit}`}`;
  }
  return phase.value === "ended" && exit.value ? describeExit(exit.value) : PHASES[phase.value];
}

/**
 * The time on the wall while that is the run's; else its own, which stands still while it is paused and is virtual in a
 * deterministic run.
 */
function Clock({ session, isWall }: { readonly session: Session; readonly isWall: boolean }) {
  const nowMs = useSignal(0);
  const phase = session.phase.value;
  useEffect(() => {
    if (!isWall || (phase !== "running" && phase !== "stopping")) return;
    const timer = setInterval(() => {
      nowMs.value = performance.now();
    }, TICK_MS);
    return () => clearInterval(timer);
  }, [isWall, phase, nowMs]);
  const startedMs = session.startedMs.value;
  if (!isWall || session.recording.value) {
    session.frames.frame.value;
    const isVirtual = session.started.value?.seed !== undefined;
    return (
      <span
        class="elapsed"
        data-testid="clock"
        title={isVirtual ? "Virtual time: a millisecond is two million instructions" : "Time of the run"}
      >
        {formatMoment(session.history.endMs)}
        {isVirtual && " virtual"}
      </span>
    );
  }
  if (startedMs === undefined) return null;
  const elapsedMs = (session.endedMs.value ?? nowMs.value) - startedMs;
  return <span class="elapsed">{formatDuration(Math.max(0, elapsedMs))}</span>;
}

const PHASES: Readonly<Record<RunPhase, string>> = {
  idle: "ready",
  compiling: "compiling…",
  loading: "loading…",
  running: "running",
  stopping: "stopping…",
  ended: "ended",
};
