import type { Runtime } from "@lunatic-web/runtime";
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Session } from "../run/session.ts";
import { MoreControls } from "./MoreControls.tsx";
import { RunSettingsFields } from "./RunSettingsFields.tsx";
import { RecordingButtons } from "./recording/RecordingButtons.tsx";
import type { RunControl } from "./runControl.ts";
import { SpeedSlider } from "./SpeedSlider.tsx";
import { StepLine } from "./StepLine.tsx";

export interface ControlBarProps {
  readonly runtime: Promise<Runtime>;
  readonly session: Session;
  readonly control: RunControl;
  /** Also what the next run follows from, and recordings. */
  readonly isWhole: boolean;
  /** Whether `onStartPaused` has something to run. */
  readonly canStart: boolean;
  /** Runs the program, if one can be run, and stands still before its first instruction. */
  readonly onStartPaused: () => void;
}

const KEYS = { pause: "F8", message: "F9", slice: "F10" };

/** How the run goes: pause, steps, speed, seed, executors, recordings. */
export function ControlBar({ runtime, session, control, isWhole, canStart, onStartPaused }: ControlBarProps) {
  const executors = useSignal<number | undefined>(undefined);
  useEffect(() => {
    runtime.then(
      ({ capabilities }) => {
        executors.value = capabilities.executors;
      },
      // Why it does not start is told by the session.
      () => {},
    );
  }, [runtime, executors]);
  const goesOn = () => session.environment.value !== undefined && session.phase.value === "running";
  const isRunning = goesOn();
  const isPaused = isRunning && control.isPaused.value;
  const canStep = isRunning || canStart;

  const togglePause = () => {
    if (goesOn()) void (control.isPaused.value ? control.resume() : control.pause());
  };
  const step = (goal: "slice" | "message") => {
    if (goesOn()) void control.step(goal);
    else onStartPaused();
  };

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      if (event.key === KEYS.pause) togglePause();
      else if (event.key === KEYS.slice) step("slice");
      else if (event.key === KEYS.message) step("message");
      else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  });

  const start = isRunning ? "" : "Starts the program paused before its first instruction; then: ";
  return (
    <section class="control-bar" aria-label="Control of the run" data-testid="control-bar">
      <fieldset class="pace-buttons" aria-label="Pause and step">
        <button
          type="button"
          data-testid="pause"
          class={isPaused ? "on" : ""}
          disabled={!isRunning}
          aria-keyshortcuts={KEYS.pause}
          title={`${isPaused ? "Go on" : "Let no process run"} (${KEYS.pause})`}
          onClick={togglePause}
        >
          <svg viewBox="0 0 12 12" aria-hidden="true">
            <path
              d={isPaused ? "M2.5 1.2 10.5 6l-8 4.8Z" : "M2 1.5h3v9H2zM7 1.5h3v9H7z"}
              fill="currentColor"
            />
          </svg>
          {isPaused ? "Resume" : "Pause"}
        </button>
        <button
          type="button"
          data-testid="step-slice"
          disabled={!canStep}
          aria-keyshortcuts={KEYS.slice}
          title={`${start}Let one process run until it waits or its slice is used up (${KEYS.slice})`}
          onClick={() => step("slice")}
        >
          <svg viewBox="0 0 12 12" aria-hidden="true">
            <path d="M1.5 1.2 8 6l-6.5 4.8ZM9 1.5h1.8v9H9z" fill="currentColor" />
          </svg>
          Step
        </button>
        <button
          type="button"
          data-testid="step-message"
          disabled={!canStep}
          aria-keyshortcuts={KEYS.message}
          aria-label="Step to the next message"
          title={`${start}Go on until a message is sent or taken (${KEYS.message})`}
          onClick={() => step("message")}
        >
          <svg viewBox="0 0 14 12" aria-hidden="true">
            <path
              d="M1 2h12v8H1zM1.4 2.4 7 6.8l5.6-4.4"
              fill="none"
              stroke="currentColor"
              stroke-width="1.3"
            />
          </svg>
          Message
        </button>
      </fieldset>
      <SpeedSlider control={control} />
      {isWhole && (
        <MoreControls control={control} executors={executors.value}>
          <RunSettingsFields control={control} executors={executors.value} />
          <RecordingButtons session={session} />
        </MoreControls>
      )}
      <StepLine control={control} />
    </section>
  );
}
