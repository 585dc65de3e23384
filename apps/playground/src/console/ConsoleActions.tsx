import type { Signal } from "@preact/signals";
import type { Session } from "../run/session.ts";
import type { ConsoleLine } from "./consoleBuffer.ts";
import type { ConsoleFilter } from "./consoleFilter.ts";
import { useCopy } from "./useCopy.ts";

/** Writers offered in the filter, the ones with the latest lines. */
const WRITERS_OFFERED = 200;
/** The value of the option that follows the chosen process. */
const CHOSEN = "chosen";

const COPY_TITLES = { idle: "Copy", copied: "Copied", failed: "Not allowed" };

export interface ConsoleActionsProps {
  readonly session: Session;
  readonly filter: Signal<ConsoleFilter>;
  /** The filter follows the process that is chosen in the view. */
  readonly followsFocus: Signal<boolean>;
  readonly writerOf: (pid: number) => string;
  /** What is marked in the console, or all lines that are shown. */
  readonly text: () => string;
}

/** What of the console is shown, and what can be done with it. */
export function ConsoleActions({ session, filter, followsFocus, writerOf, text }: ConsoleActionsProps) {
  const { state, copy } = useCopy();
  const { pid, errorsOnly } = filter.value;
  const change = (changed: Partial<ConsoleFilter>) => {
    filter.value = { ...filter.peek(), ...changed };
  };
  return (
    <>
      <input
        type="search"
        class="filter"
        placeholder="Filter"
        aria-label="Show lines with this text"
        data-testid="console-text"
        value={filter.value.text}
        onInput={(event) => change({ text: event.currentTarget.value })}
      />
      <select
        class="filter"
        aria-label="Show the output of"
        data-testid="console-filter"
        value={followsFocus.value ? CHOSEN : pid === undefined ? "" : String(pid)}
        onChange={(event) => {
          const { value } = event.currentTarget;
          followsFocus.value = value === CHOSEN;
          change({ pid: value === "" || value === CHOSEN ? undefined : Number(value) });
        }}
      >
        <option value="">all processes</option>
        <option value={CHOSEN}>the chosen process</option>
        {latestWriters(session.output.lines, pid).map((writer) => (
          <option key={writer} value={String(writer)}>
            {writerOf(writer) || "the run"}
          </option>
        ))}
      </select>
      <label class="check" title="Only what was written to stderr, and notices">
        <input
          type="checkbox"
          data-testid="console-errors"
          checked={errorsOnly}
          onChange={(event) => change({ errorsOnly: event.currentTarget.checked })}
        />
        errors
      </label>
      <button
        type="button"
        data-testid="console-copy"
        data-state={state.value}
        title="Copies what is marked, else all lines that are shown"
        onClick={() => void copy(text())}
      >
        {COPY_TITLES[state.value]}
      </button>
      <button type="button" data-testid="console-clear" onClick={session.clearOutput}>
        Clear
      </button>
    </>
  );
}

/** @param chosen is offered in any case: a filter must be able to show what it is set to */
function latestWriters(lines: readonly ConsoleLine[], chosen: number | undefined): number[] {
  const pids = new Set<number>(chosen === undefined ? [] : [chosen]);
  for (let i = lines.length - 1; i >= 0 && pids.size < WRITERS_OFFERED; i--) pids.add(lines[i]!.pid);
  return [...pids].sort((a, b) => a - b);
}
