import { type Signal, useSignal } from "@preact/signals";
import { Panel } from "../app/Panel.tsx";
import type { Session } from "../run/session.ts";
import { formatBytes, formatCompact, formatCount } from "./format.ts";
import { ProcessDetails } from "./inspector/ProcessDetails.tsx";
import type { Sorting } from "./table/order.ts";
import { ProcessTable } from "./table/ProcessTable.tsx";

export interface ProcessesPanelProps {
  readonly session: Session;
  readonly focus: Signal<number | undefined>;
}

/** The live table with its filters, and the details of the chosen process beside it. */
export function ProcessesPanel({ session, focus }: ProcessesPanelProps) {
  const sorting = useSignal<Sorting>({ column: "tree", descending: false });
  const showEnded = useSignal(true);
  const filter = useSignal("");
  return (
    <Panel
      title="Processes"
      area="processes-panel"
      facts={<SystemFacts session={session} />}
      actions={
        <>
          <input
            type="search"
            class="filter"
            placeholder="Filter"
            aria-label="Filter processes by pid, name or entry function"
            value={filter.value}
            onInput={(event) => {
              filter.value = event.currentTarget.value;
            }}
          />
          <label class="check">
            <input
              type="checkbox"
              data-testid="show-ended"
              checked={showEnded.value}
              onChange={(event) => {
                showEnded.value = event.currentTarget.checked;
              }}
            />
            ended
          </label>
        </>
      }
    >
      <div class="processes-body">
        <ProcessTable
          session={session}
          focus={focus}
          sorting={sorting}
          showEnded={showEnded.value}
          filter={filter.value}
        />
        {focus.value !== undefined && <ProcessDetails session={session} focus={focus} pid={focus.value} />}
      </div>
    </Panel>
  );
}

function SystemFacts({ session }: { readonly session: Session }) {
  session.frames.frame.value;
  const { alive, ended, messagesReceived, memoryBytes, dropped } = session.model.counters;
  return (
    <>
      <span data-testid="alive">{formatCount(alive)} alive</span>
      <span>{formatCount(ended)} ended</span>
      <span>{formatCompact(messagesReceived)} messages</span>
      <span class="wide-only">{formatBytes(memoryBytes)}</span>
      {dropped > 0 && (
        <span
          class="loss"
          title="The system was faster than the page could follow. The figures are right; single events are missing."
        >
          {formatCompact(dropped)} events not seen
        </span>
      )}
    </>
  );
}
