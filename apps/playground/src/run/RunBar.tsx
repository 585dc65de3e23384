import type { Signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { ProgramPicker } from "../programs/ProgramPicker.tsx";
import type { ProgramSelection } from "../programs/selection.ts";
import { RunStatus } from "./RunStatus.tsx";
import type { Session } from "./session.ts";
import { splitArguments } from "./splitArguments.ts";

export interface RunBarProps {
  readonly session: Session;
  readonly selection: ProgramSelection;
  readonly focus: Signal<number | undefined>;
}

export function RunBar({ session, selection, focus }: RunBarProps) {
  const phase = session.phase.value;
  const program = selection.selected.value;
  const canStop = phase === "running" || phase === "compiling";
  const canRun =
    program !== undefined && phase !== "loading" && phase !== "stopping" && phase !== "compiling";

  const start = () => {
    if (!canRun) return;
    focus.value = undefined;
    void session.run(program, splitArguments(selection.args.value));
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
      <RunStatus session={session} />
    </form>
  );
}
