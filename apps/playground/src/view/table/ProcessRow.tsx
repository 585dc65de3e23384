import type { ObservedProcess } from "@lunatic-web/runtime/inspect";
import { Component } from "preact";
import { shortenName } from "../processText.ts";
import { COLUMNS } from "./columns.ts";
import type { RateMeter } from "./rateMeter.ts";
import { Sparkline } from "./Sparkline.tsx";

export interface ProcessRowProps {
  /** A live object: `revision` tells whether it changed. */
  readonly process: ObservedProcess;
  readonly revision: number;
  readonly depth: number;
  /** From 1, of all rows, shown or not. */
  readonly index: number;
  readonly isSelected: boolean;
  readonly canKill: boolean;
  readonly meter: RateMeter;
  /** Of the meter: changes with what it tells of this process. */
  readonly sampled: unknown;
  readonly onSelect: (pid: number) => void;
  readonly onKill: (pid: number) => void;
}

/** Deeper levels are told by aria-level and the parent column; more indentation would leave no room for names. */
const MAX_INDENT = 12;

/** One process. A class for shouldComponentUpdate: of 10,000 processes a frame changes a few. */
export class ProcessRow extends Component<ProcessRowProps> {
  override shouldComponentUpdate(next: ProcessRowProps): boolean {
    const { props } = this;
    return (
      next.process !== props.process ||
      next.revision !== props.revision ||
      next.depth !== props.depth ||
      next.index !== props.index ||
      next.isSelected !== props.isSelected ||
      next.canKill !== props.canKill ||
      next.sampled !== props.sampled
    );
  }

  override render({ process, depth, index, isSelected, canKill, meter, onSelect, onKill }: ProcessRowProps) {
    const { pid, state } = process;
    return (
      <tr
        class="process-row"
        id={`process-${pid}`}
        data-testid="process-row"
        data-pid={pid}
        data-parent={process.parent}
        data-state={state}
        data-cause={state === "ended" ? process.exitText : undefined}
        data-trapped={process.trapText === "" ? undefined : ""}
        aria-rowindex={index + 1}
        aria-level={depth + 1}
        aria-selected={isSelected}
        tabIndex={-1}
        onClick={() => onSelect(pid)}
      >
        {COLUMNS.map(({ key, align, text }) => (
          <td key={key} class={`cell ${key} ${align}`}>
            {key === "process" ? (
              <ProcessName process={process} depth={Math.min(depth, MAX_INDENT)} />
            ) : (
              <>
                {key === "mailbox" && <Sparkline values={meter.depths(pid)} />}
                {text(process, meter)}
              </>
            )}
          </td>
        ))}
        <td class="cell kill-cell">
          {state !== "ended" && canKill && (
            <button
              type="button"
              class="kill"
              data-testid="kill"
              tabIndex={isSelected ? 0 : -1}
              aria-label={`Kill process ${pid}`}
              title="Kill this process (Delete)"
              onClick={(event) => {
                event.stopPropagation();
                onKill(pid);
              }}
            >
              kill
            </button>
          )}
        </td>
      </tr>
    );
  }
}

function ProcessName({ process, depth }: { process: ObservedProcess; depth: number }) {
  const names = [...process.names].map(shortenName).join(", ");
  return (
    <span
      class="process-name"
      style={{ paddingInlineStart: `${depth * 14}px` }}
      title={[...process.names, process.label].join("\n")}
    >
      {depth > 0 && <span class="branch" aria-hidden="true" />}
      {names !== "" && <b>{names}</b>} <span class="label">{process.label}</span>
    </span>
  );
}
