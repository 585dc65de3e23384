import type { Runtime } from "@lunatic-web/runtime";
import type { Signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { ControlBar } from "../control/ControlBar.tsx";
import type { RunControl } from "../control/runControl.ts";
import { ProgramPicker } from "../programs/ProgramPicker.tsx";
import type { ProgramSelection } from "../programs/selection.ts";
import { RunStatus } from "./RunStatus.tsx";
import type { RunPhase, Session } from "./session.ts";
import { splitArguments } from "./splitArguments.ts";

export interface RunBarProps {
  readonly runtime: Promise<Runtime>;
  readonly control: RunControl;
  /** "pace": only those that act on the run as it goes on. */
  readonly controls: "all" | "pace" | "none";
  readonly session: Session;
  readonly selection: ProgramSelection;
  readonly focus: Signal<number | undefined>;
}

const BUSY: ReadonlySet<RunPhase> = new Set(["loading", "stopping", "compiling"]);

export function RunBar({ runtime, session, control, controls, selection, focus }: RunBarProps) {
  const phase = session.phase.value;
  const canStop = phase === "running" || phase === "compiling";
  /** What can be run now. A function: a key may be pressed before what was chosen is rendered. */
  const runnable = () => (BUSY.has(session.phase.value) ? undefined : selection.selected.value);
  const canRun = runnable() !== undefined;

  const start = (startsPaused = false) => {
    const program = runnable();
    if (!program) return;
    focus.value = undefined;
    void control.run(program, splitArguments(selection.args.value), startsPaused);
  };

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      start();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  });

  return (
    <>
      <form
        class="run-bar"
        aria-label="Run a program"
        onSubmit={(event) => {
          event.preventDefault();
          start();
        }}
      >
        <ProgramPicker selection={selection} />
        <label class="field args-field">
          <span>Arguments</span>
          <input
            type="text"
            data-testid="args"
            value={selection.args.value}
            spellcheck={false}
            autocomplete="off"
            autocapitalize="off"
            placeholder="none"
            onInput={(event) => selection.setArgs(event.currentTarget.value)}
          />
        </label>
        <div class="run-buttons">
          <button type="submit" class="primary" data-testid="run" disabled={!canRun} title="Ctrl+Enter">
            <svg viewBox="0 0 12 12" aria-hidden="true">
              <path d="M2.5 1.2 10.5 6l-8 4.8Z" fill="currentColor" />
            </svg>
            Run
          </button>
          <button type="button" data-testid="stop" disabled={!canStop} onClick={() => void session.stop()}>
            <svg viewBox="0 0 12 12" aria-hidden="true">
              <rect x="2" y="2" width="8" height="8" rx="1" fill="currentColor" />
            </svg>
            Stop
          </button>
        </div>
        <RunStatus session={session} control={control} />
      </form>
      {controls !== "none" && (
        <ControlBar
          {...{ runtime, session, control }}
          isWhole={controls === "all"}
          canStart={canRun}
          onStartPaused={() => start(true)}
        />
      )}
    </>
  );
}
