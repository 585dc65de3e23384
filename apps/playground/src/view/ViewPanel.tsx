import { type Signal, useSignal } from "@preact/signals";
import { Panel } from "../app/Panel.tsx";
import { VIEW_PARTS } from "./panels/panelRegistry.ts";
import { SystemFacts } from "./panels/SystemFacts.tsx";
import { TabBar } from "./panels/TabBar.tsx";
import { TimeBar } from "./time/TimeBar.tsx";
import type { ViewContext } from "./viewContext.ts";

const STAGE = VIEW_PARTS.filter(({ where }) => where === "stage");
const SIDE = VIEW_PARTS.filter(({ where }) => where === "side");
const TABLE = STAGE.find(({ id }) => id === "table")!;

export interface ViewPanelProps extends ViewContext {
  /** Id of the picture that is shown. */
  readonly stage: Signal<string>;
}

/** The live view: a picture of the system, its table, the chosen process beside them, and the time line of all. */
export function ViewPanel({ stage, ...context }: ViewPanelProps) {
  const side = useSignal(SIDE[0]!.id);
  /** Whether the table stands below the picture. */
  const isSplit = useSignal(!matchMedia("(max-width: 759px)").matches);
  const { focus, filter, showEnded, timeLine } = context;
  const part = STAGE.find(({ id }) => id === stage.value)!;
  const Stage = part.component;
  const sides = SIDE.filter(({ needsFocus }) => !needsFocus || focus.value !== undefined);
  const Side = (sides.find(({ id }) => id === side.value) ?? sides[0])?.component;
  const Table = TABLE.component;
  const isAlone = part.isAlone ?? false;
  const hasTableBelow = isSplit.value && !isAlone;
  return (
    <Panel
      title="Processes"
      area="processes-panel"
      facts={<SystemFacts {...context} />}
      actions={
        <>
          <input
            type="search"
            class="filter"
            placeholder="Find"
            aria-label="Find processes by pid, name or entry function"
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
          <TabBar label="Picture of the system" parts={STAGE} chosen={stage} />
          <button
            type="button"
            class="icon"
            data-testid="view-split"
            aria-pressed={hasTableBelow}
            disabled={isAlone}
            title="Table below the picture"
            aria-label="Table below the picture"
            onClick={() => {
              isSplit.value = !isSplit.value;
            }}
          >
            <svg viewBox="0 0 14 14" aria-hidden="true">
              <path
                d="M1.5 2.5h11v9h-11zM1.5 7.5h11M4.5 9.5h5"
                fill="none"
                stroke="currentColor"
                stroke-width="1.2"
              />
            </svg>
          </button>
        </>
      }
    >
      <div class={timeLine.moment.value === undefined ? "processes-body" : "processes-body past"}>
        <div class="stages">
          <div class="stage" role="tabpanel" aria-labelledby={`tab-${stage.value}`} data-stage={stage.value}>
            <Stage {...context} />
          </div>
          {hasTableBelow && (
            <div class="stage below">
              <Table {...context} />
            </div>
          )}
        </div>
        {Side && (
          <div class="side">
            {sides.length > 1 && <TabBar label="Beside the picture" parts={sides} chosen={side} />}
            <Side {...context} />
          </div>
        )}
      </div>
      <TimeBar {...context} />
    </Panel>
  );
}
