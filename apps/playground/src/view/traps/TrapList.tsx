import type { Signal } from "@preact/signals";
import { findPanic } from "../../compile/panicText.ts";
import { useSourceLinks } from "../../compile/useSourceLinks.ts";
import { PlaceLink } from "../../console/ConsoleLineView.tsx";
import type { ConsoleLine } from "../../console/consoleBuffer.ts";
import type { Workbench } from "../../editor/workbench.ts";
import { formatCount } from "../format.ts";
import { nameProcess } from "../processText.ts";
import type { TimeLine } from "../time/timeLine.ts";
import { StackList } from "./StackList.tsx";
import { groupTraps, type TrapGroup } from "./trapGroups.ts";

/** Processes of a group named one by one. */
const NAMED = 3;

export interface TrapListProps {
  readonly workbench: Workbench;
  readonly timeLine: TimeLine;
  readonly focus: Signal<number | undefined>;
}

/** The traps of the run up to the shown moment, latest first, a line for those that are alike, each until it is dismissed. */
export function TrapList({ workbench, timeLine, focus }: TrapListProps) {
  const { session } = workbench;
  const links = useSourceLinks(workbench);
  const traps = session.traps.value;
  // What a process says before it traps may come a frame later.
  if (traps.length > 0) session.frames.frame.value;
  const shownMs = timeLine.moment.value;
  // At an earlier moment those that had trapped by then.
  const until =
    shownMs === undefined
      ? traps
      : traps.filter(({ pid }) => (timeLine.model.process(pid)?.trapText ?? "") !== "");
  if (until.length === 0) return null;
  const who = (pid: number) => {
    const process = session.model.process(pid);
    return process ? nameProcess(process) : String(pid);
  };
  return (
    <section class="trap-list" aria-label="Traps">
      {groupTraps(until).map((group) => (
        <TrapItem
          key={group.reports.at(-1)!.pid}
          group={group}
          who={who}
          onFocus={(pid) => {
            focus.value = pid;
          }}
          place={placeOf(group, links.places)}
          onPlace={links.open}
          message={panicOf(group, session.output.lines) ?? group.trap.message}
          onDismiss={() => group.reports.forEach(session.dismissTrap)}
          session={session}
        />
      ))}
    </section>
  );
}

type Links = ReturnType<typeof useSourceLinks>;

function placeOf({ reports }: TrapGroup, places: Links["places"]) {
  return reports.map(({ pid }) => places.get(pid)).find((place) => place !== undefined);
}

/** A process that ends itself says why on stderr; its trap is then a mere `unreachable`. */
function panicOf({ reports }: TrapGroup, lines: readonly ConsoleLine[]): string | undefined {
  const { pid } = reports[0]!;
  return findPanic(
    lines.filter((line) => line.pid === pid && line.kind === "stderr").map(({ text }) => text),
  );
}

interface TrapItemProps {
  readonly group: TrapGroup;
  readonly message: string;
  readonly who: (pid: number) => string;
  readonly onFocus: (pid: number) => void;
  readonly place: ReturnType<typeof placeOf>;
  readonly onPlace: Links["open"];
  readonly onDismiss: () => void;
  readonly session: Workbench["session"];
}

function TrapItem({ group, message, who, onFocus, place, onPlace, onDismiss, session }: TrapItemProps) {
  const { trap, reports } = group;
  const others = reports.length - NAMED;
  return (
    <article class="trap" data-testid="trap" data-pid={reports[0]!.pid} data-count={reports.length}>
      <details>
        <summary>
          {reports.length > 1 && <span class="trap-count">{formatCount(reports.length)}×</span>}{" "}
          <strong>
            {reports.slice(0, NAMED).map(({ pid }, index) => (
              <>
                {index > 0 && ", "}
                <button
                  type="button"
                  class="link"
                  key={pid}
                  onClick={(event) => {
                    event.preventDefault();
                    onFocus(pid);
                  }}
                >
                  {who(pid)}
                </button>
              </>
            ))}
            {others > 0 && ` and ${formatCount(others)} more`}
          </strong>{" "}
          trapped: <span class="trap-line">{message}</span>
          {place && onPlace && (
            <>
              {" "}
              <PlaceLink place={place} onPlace={onPlace} />
            </>
          )}
        </summary>
        <StackList {...{ session, onPlace }} frames={trap.frames} />
      </details>
      <button
        type="button"
        class="quiet"
        aria-label={`Dismiss the trap of ${reports.length === 1 ? `process ${reports[0]!.pid}` : `${reports.length} processes`}`}
        onClick={onDismiss}
      >
        ×
      </button>
    </article>
  );
}
