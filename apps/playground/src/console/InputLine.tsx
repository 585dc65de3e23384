import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { Session } from "../run/session.ts";
import { HistoryWalk } from "./consoleInput.ts";
import { useReader } from "./useReader.ts";

/** Where a person types what the run reads: there as soon as a process has read, until the end of the input. */
export function InputLine({ session }: { readonly session: Session }) {
  session.frames.frame.value;
  const typed = useSignal("");
  const walk = useRef(new HistoryWalk());
  const { input } = session;
  const reader = useReader(session);
  if (!reader.hasRead || session.phase.value !== "running" || input.hasEnded.value) return null;

  const replace = (text: string | undefined) => {
    if (text !== undefined) typed.value = text;
  };
  const send = () => {
    input.send(typed.value);
    typed.value = "";
    walk.current.restart();
  };
  const end = () => {
    input.end(typed.value);
    typed.value = "";
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === "Enter") send();
    else if (event.key === "ArrowUp") replace(walk.current.older(input.history, typed.value));
    else if (event.key === "ArrowDown") replace(walk.current.newer(input.history));
    else if (event.key === "d" && event.ctrlKey && !event.shiftKey && !event.altKey) end();
    else return;
    event.preventDefault();
  };
  return (
    <div class="input-line" data-testid="console-input" data-reading={reader.isReading}>
      <span aria-hidden="true">›</span>
      <input
        type="text"
        aria-label="Standard input of the run: Enter sends the line, Ctrl+D ends the input"
        placeholder={reader.isReading ? "A process waits for input" : "Kept until a process reads"}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        value={typed.value}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
          walk.current.restart();
        }}
        onKeyDown={onKeyDown}
      />
      <button type="button" title="The run reads the end of its input (Ctrl+D)" onClick={end}>
        End input
      </button>
    </div>
  );
}
